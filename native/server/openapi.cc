#include "native/server/openapi.h"

#include "native/server/embedded.h"

RECADO_EMBED(recado_openapi, RECADO_SERVER_DIR "/openapi.json")

namespace recado::server {

std::string_view OpenApiDocument() {
  return {recado_openapi_begin, static_cast<size_t>(recado_openapi_end - recado_openapi_begin)};
}

}  // namespace recado::server
