package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.uidnet.api.client.ApiRequest;

/** What a daemon answers, as it came: {@code --json} shows fields of newer daemons too. */
@FunctionalInterface
interface Answers {
  JsonNode json(ApiRequest<?> request) throws IOException;
}
