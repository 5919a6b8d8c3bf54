package org.uidnet.api;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.Idle;
import org.uidnet.api.model.ProcessStateChange;
import org.uidnet.api.model.ProcessStateList;
import org.uidnet.api.model.ProcessStateRequest;
import org.uidnet.api.model.ProcessStatesChange;
import org.uidnet.api.model.RestrictBackgroundStatus;
import org.uidnet.api.model.UidPolicyDocument;
import org.uidnet.firewall.Capability;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.ProcessReport;
import org.uidnet.firewall.Reported;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Standing;

/** How the device and its UIDs are, told by whoever looks after them. */
final class StateEndpoints {
  private final Firewall firewall;

  StateEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  DeviceState device(Call call) {
    return DeviceState.of(firewall.settings().device()::is);
  }

  /** Nothing is changed by a document that names nothing. */
  Change patchDevice(Call call) {
    Map<DeviceFlag, Boolean> changes = call.body().read(DeviceState.class).named();
    return Change.of(
        firewall.update(
            Setting.Device.class, before -> before.with(changes), FirewallParameters.terms(call)));
  }

  ProcessStateChange reportProcess(Call call) {
    long uid = UidParameter.of(call);
    ProcessReport report = report(call.body().read(ProcessStateRequest.class));
    Reported reported = report(Map.of(uid, report), call);
    Standing standing = firewall.standing(uid);
    return new ProcessStateChange(
        uid,
        standing.process().map(ProcessReport::state),
        reported.stale().contains(uid),
        standing.backgroundAt().map(time -> time.truncatedTo(ChronoUnit.MILLIS)),
        Change.of(reported.applied()));
  }

  ProcessStatesChange reportProcesses(Call call) {
    var items = Fields.required("states", call.body().read(ProcessStateList.class).states());
    Map<Long, ProcessReport> reports = new TreeMap<>();
    for (ProcessStateList.Item item : items) {
      long uid = UidParameter.check("uid", Fields.required("uid", item.uid()));
      if (reports.put(uid, report(item.report())) != null) {
        throw Refusal.badField("states", uid + " is in 'states' twice; give each once.");
      }
    }
    Reported reported = report(reports, call);
    return new ProcessStatesChange(reported.stale(), Change.of(reported.applied()));
  }

  private Reported report(Map<Long, ProcessReport> reports, Call call) {
    return firewall.reportProcesses(reports, FirewallParameters.author(call.caller()));
  }

  private static ProcessReport report(ProcessStateRequest request) {
    List<Capability> capabilities = request.capabilities().orElse(List.of());
    Fields.requireDistinct("capabilities", capabilities);
    return new ProcessReport(
        Fields.required("state", request.state()), Set.copyOf(capabilities), stamp(request));
  }

  private static Optional<ProcessReport.Stamp> stamp(ProcessStateRequest request) {
    if (request.epoch().isPresent() && request.seq().isEmpty()) {
      throw Refusal.badField("seq", "An 'epoch' alone orders nothing; give 'seq' too.");
    }
    return request.seq().map(seq -> new ProcessReport.Stamp(request.epoch().orElse(0L), seq));
  }

  Change setIdle(Call call) {
    long uid = UidParameter.of(call);
    boolean idle = Fields.required("idle", call.body().read(Idle.class).idle());
    return Change.of(
        firewall.update(
            Setting.IdleUids.class,
            before -> before.with(uid, idle),
            FirewallParameters.terms(call)));
  }

  Change setPolicy(Call call) {
    long uid = UidParameter.of(call);
    var policy = Fields.required("policy", call.body().read(UidPolicyDocument.class).policy());
    return Change.of(firewall.setUidPolicy(uid, policy, FirewallParameters.terms(call)));
  }

  RestrictBackgroundStatus restrictBackground(Call call) {
    long uid = UidParameter.of(call);
    return RestrictBackgroundStatus.of(uid, firewall.standing(uid).restrictBackground());
  }
}
