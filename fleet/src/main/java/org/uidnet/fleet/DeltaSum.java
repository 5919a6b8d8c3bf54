package org.uidnet.fleet;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/** What was counted in some times, as a metric of OTLP. */
record DeltaSum(Resource resource, String name, String unit, List<LongPointData> points)
    implements MetricData {
  private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("uidnet");

  DeltaSum {
    points = List.copyOf(points);
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDescription() {
    return "What UIDs used, in the wire's view";
  }

  @Override
  public String getUnit() {
    return unit;
  }

  @Override
  public MetricDataType getType() {
    return MetricDataType.LONG_SUM;
  }

  @Override
  public Data<?> getData() {
    return SumData.createLongSumData(true, AggregationTemporality.DELTA, points);
  }
}
