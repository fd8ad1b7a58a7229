// Vendors' calls: /hooks/{provider id}/…, public, each judged by its vendor's own proof over the bytes as
// they came.
//
// Nothing is parsed before it is judged, and whoever is refused learns no reason. What an authentic call says
// is recorded before it is answered, so that a vendor that hears 200 need not call again.
#include "native/server/api.h"

namespace recado::server {
namespace {

provider::WebhookCall CallOf(const Request& request, Instant now) {
  provider::WebhookCall call;
  call.method = MethodName(request.method);
  call.target = request.target;
  call.headers.assign(request.headers.begin(), request.headers.end());
  call.body = request.body;
  call.at = now;
  return call;
}

Response TakeHook(Api& api, const Call& call) {
  const Result<provider::WebhookAnswer> answer =
      api.engine.TakeWebhook(call.arguments[0], CallOf(call.request, api.clock()));
  if (!answer.ok()) return Problem(answer.error());
  Response response;
  response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
  response.headers.emplace_back("Cache-Control", "no-store");
  if (answer->authentic) {
    response.body = answer->reply;
  } else {
    response.status = 403;
    response.body = "This call was not recognised.";
  }
  return response;
}

}  // namespace

void AddHookRoutes(Routes& routes, Api& api) {
  for (const Method method : {Method::kGet, Method::kPost}) {
    routes.push_back({method, "/hooks/{provider}/{event}", std::nullopt, kMaxHookBody,
                      Plainly([&api](const Call& call) { return TakeHook(api, call); })});
  }
}

}  // namespace recado::server
