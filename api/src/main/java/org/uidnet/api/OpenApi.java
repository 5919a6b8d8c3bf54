package org.uidnet.api;

/**
 * The contract as a document for programs. It is made when the tests run, which also compare every
 * answer with it; see OpenApiTest.
 */
final class OpenApi {
  private OpenApi() {}

  /** Read anew each time: who asks for it asks once. */
  static Answer document(Call call) {
    return StaticFile.of("openapi.json");
  }
}
