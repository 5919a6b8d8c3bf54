package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What became of reports of many UIDs.
 *
 * @param stale UIDs whose reports came too late and were ignored
 */
public record ProcessStatesChange(List<Long> stale, @JsonUnwrapped Change change) {
  public ProcessStatesChange {
    stale = List.copyOf(stale);
  }
}
