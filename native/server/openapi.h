// The description of the HTTP API (OpenAPI 3.1), as it stands in openapi.json beside this file, inside the
// program.
#pragma once

#include <string_view>

namespace recado::server {

std::string_view OpenApiDocument();

}  // namespace recado::server
