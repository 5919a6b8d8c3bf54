/**
 * Recordings of Android's network statistics: files {@code dev}, {@code xt}, {@code uid} and {@code
 * uid_tag} as a phone keeps them, and zip archives of such files.
 *
 * <p>They come from outside and are trusted in nothing: {@link
 * org.uidnet.stats.android.RecordingReader} hands a file over as a whole, or says where it is
 * wrong.
 *
 * <pre>
 *  file      magic i32 "ANET" | version i32 16 | n i32 | n x (set | m i32 | m x key)
 *  key       uid i32 | counter set i32 | tag i32 | history
 *  set       version i32 1-7 | n i32 | n x identity
 *  identity  (1: i32) | type i32 | radio i32 | text? subscriber | (3: text? network key)
 *            | (2: u8 roaming) | (4: u8 metered) | (5: u8 default) | (6: i32 OEM) | (7: i32 subscription)
 *  history 1    bucket length i64 | start, rx bytes, tx bytes: n i32 | n x i64
 *  history 2,3  bucket length i64 | start, (3: active time,) rx bytes, rx packets, tx bytes, tx packets,
 *               operations: n i32, -1 for none | n x varint
 *  text?     u8 0, or u8 1 | length u16 | bytes
 *  varint    7 bits a byte, lowest first, top bit: more follow
 * </pre>
 *
 * All numbers are big-endian; {@code (v:} marks what is there from version v on.
 */
@NullMarked
package org.uidnet.stats.android;

import org.jspecify.annotations.NullMarked;
