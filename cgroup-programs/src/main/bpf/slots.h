/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding the slot of a packet. The common path is a route (a slot number remembered in the UID's
 * row) whose key is compared; everything else here is what happens when that misses.
 *
 * Reuse is safe because the daemon retires a slot in this order: delete it from slot_index, make it
 * RETIRED, wait for RCU, store its counters, zero it, make it FREE, push it. A program that found the
 * slot before that wait finishes adding before the counters are read; one that comes later does not
 * find it LIVE. Until it is RETIRED two slots may count the same key, which the reader adds up.
 */
#pragma once
#include "layout.h"

inline_always struct slot_key *key_of(__u32 slot)
{
	return bpf_map_lookup_elem(&slot_keys, &slot);
}

inline_always int is_live(struct slot_key *key, const struct slot_id *id)
{
	/*
	 * The state is read before the key. On CPUs that reorder loads the useless `and` makes the
	 * second address depend on the first load, which keeps them in order.
	 */
	__u32 order = *(volatile enum slot_state *)&key->state;

	if (order != SLOT_LIVE)
		return 0;
	asm volatile("%0 &= 0" : "+r"(order));
	volatile struct slot_id *live = (void *)&key->id + order;
	return live->uid == id->uid && live->tag == id->tag && live->set == id->set &&
	       live->ifindex == id->ifindex && live->netns == id->netns;
}

/*
 * The slot that the index names for a key; 0 if it names none. The kernel gives the memory of a deleted
 * element to another key at once (bpf_mem_alloc, 6.1), so what is read there may be another key's: the
 * slot itself says whose it is. Once that was seen the daemon's wait keeps it so.
 */
inline_always __u32 indexed_slot(const struct slot_id *id)
{
	__u32 *known = bpf_map_lookup_elem(&slot_index, id);
	__u32 slot = known ? *known : 0;
	struct slot_key *key = slot ? key_of(slot) : 0;

	return key && is_live(key, id) ? slot : 0;
}

/* A slot that nobody holds, or 0. */
inline_always __u32 take_slot(struct control *control)
{
	__u32 slot = 0;

	if (!bpf_map_pop_elem(&free_slots, &slot))
		return slot;
	if (control->next_slot + 1 >= limits.slots)
		return 0;
	slot = __sync_fetch_and_add(&control->next_slot, 1) + 1;
	return slot < limits.slots ? slot : 0;
}

/* Makes a slot for the key, or finds the one that another CPU made meanwhile; 0: none left. */
outlined __u32 make_slot(struct control *control, struct uid_row *row, const struct slot_id *id)
{
	__u32 slot = take_slot(control);
	struct slot_key *key = slot ? key_of(slot) : 0;

	if (!key)
		return 0;
	key->id = *id;
	__sync_lock_test_and_set((__u32 *)&key->state, SLOT_LIVE);
	if (!bpf_map_update_elem(&slot_index, id, &slot, BPF_NOEXIST)) {
		__sync_fetch_and_add(&row->live_slots, 1);
		return slot;
	}
	__sync_lock_test_and_set((__u32 *)&key->state, SLOT_FREE);
	bpf_map_push_elem(&free_slots, &slot, 0);
	return indexed_slot(id);
}

/* The UID holds all the slots it may: its further traffic shares one of its own. */
outlined __u32 uid_overflow_slot(struct control *control, struct uid_row *row, __u32 uid)
{
	struct slot_id id = { .uid = uid, .set = SET_OVERFLOW };
	__u32 slot = indexed_slot(&id);

	if (!slot)
		slot = make_slot(control, row, &id);
	if (slot)
		__sync_fetch_and_add(&control->uid_overflows, 1);
	return slot;
}

/* The slot of a key that no route led to; 0, the global overflow slot, if there is none left. */
outlined __u32 find_slot(struct control *control, struct uid_row *row, const struct slot_id *id)
{
	__u32 slot = indexed_slot(id);

	if (slot)
		return slot;
	slot = row->live_slots < limits.slots_per_uid ? make_slot(control, row, id)
						      : uid_overflow_slot(control, row, id->uid);
	if (!slot)
		__sync_fetch_and_add(&control->slot_overflows, 1);
	return slot;
}

/* A row that no UID holds, or 0. */
inline_always __u32 take_row(struct control *control)
{
	__u32 row = 0;

	if (!bpf_map_pop_elem(&free_rows, &row))
		return row;
	if (control->next_row >= limits.uid_rows - LOW_UIDS)
		return 0;
	row = LOW_UIDS + __sync_fetch_and_add(&control->next_row, 1);
	return row < limits.uid_rows ? row : 0;
}

/* The row number of a UID from LOW_UIDS on, made at its first packet; 0: none left. */
outlined __u32 find_row(struct control *control, __u32 uid)
{
	__u32 *known = bpf_map_lookup_elem(&uid_rows, &uid);
	struct uid_row *row;
	__u32 number;

	if (likely(known))
		return *known;
	number = take_row(control);
	row = number ? bpf_map_lookup_elem(&uids, &number) : 0;
	if (!row)
		return 0;
	row->uid = uid;
	if (!bpf_map_update_elem(&uid_rows, &uid, &number, BPF_NOEXIST))
		return number;
	bpf_map_push_elem(&free_rows, &number, 0);
	known = bpf_map_lookup_elem(&uid_rows, &uid);
	return known ? *known : 0;
}

/* 0: none left. */
inline_always struct uid_row *row_of(struct control *control, __u32 uid)
{
	__u32 number = uid < LOW_UIDS ? uid : find_row(control, uid);

	if (unlikely(!number && uid))
		return 0;
	return bpf_map_lookup_elem(&uids, &number);
}
