package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.uidnet.netd.daemon.SelfTest;
import org.uidnet.netd.daemon.SelfTest.Counted;
import org.uidnet.netd.daemon.SelfTest.Failed;
import org.uidnet.netd.daemon.SelfTest.Flow;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.programs.Traffic;

/** What {@code check} tells a program. */
final class CheckJson {
  private CheckJson() {}

  static ObjectNode of(CheckFindings findings) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("ok", findings.isFine())
        .put("permitted", !findings.isNotPermitted())
        .put("daemonAnswers", findings.daemonAnswers());
    all.set("features", features(findings.features()));
    findings.test().ifPresent(outcome -> all.set("selfTest", test(outcome)));
    return all;
  }

  static ArrayNode features(List<Feature> features) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    features.forEach(feature -> nodes.add(feature(feature)));
    return nodes;
  }

  private static ObjectNode feature(Feature feature) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", feature.name()).put("required", feature.required());
    if (!feature.since().isEmpty()) {
      node.put("since", feature.since());
    }
    if (feature.answer() instanceof Probe.No no) {
      node.put("answer", "no").put("needs", no.needs()).put("remedy", feature.remedy());
    } else if (feature.answer() instanceof Probe.Unknown unknown) {
      node.put("answer", "unknown").put("reason", unknown.why());
    } else {
      node.put("answer", "yes");
    }
    return node;
  }

  private static ObjectNode test(SelfTest.Outcome outcome) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (outcome instanceof Counted counted) {
      fill(node, counted);
    } else if (outcome instanceof Failed failed) {
      node.put("exact", false).put("reason", failed.why());
    }
    return node;
  }

  private static void fill(ObjectNode node, Counted counted) {
    node.put("exact", counted.isExact()).put("cgroup", counted.cgroup().toString());
    ArrayNode flows = node.putArray("flows");
    counted.flows().forEach(flow -> flows.add(flow(flow)));
    ObjectNode costs = node.putObject("nanoseconds");
    counted.costs().forEach(cost -> costs.put(cost.program(), cost.nanoseconds()));
    ArrayNode leftOut = node.putArray("leftOut");
    counted.leftOut().forEach(leftOut::add);
  }

  private static ObjectNode flow(Flow flow) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("uid", flow.uid()).put("family", flow.family());
    node.set("sent", traffic(flow.sent()));
    node.set("counted", traffic(flow.counted()));
    return node;
  }

  private static ObjectNode traffic(Traffic traffic) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rxBytes", traffic.rxBytes())
        .put("rxPackets", traffic.rxPackets())
        .put("txBytes", traffic.txBytes())
        .put("txPackets", traffic.txPackets());
  }
}
