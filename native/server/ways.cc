// What customers follow without signing in: tracked links (/t/…), the way out (/u/…), and files of chat
// messages
// (/f/…), which vendors fetch too.
//
// Both are public, so each address proves by itself that we made it (dispatch/tokens.h); whatever else is
// asked for gets the same page. Looking changes nothing: mail programs and scanners follow every link of a
// mail, so only a POST takes anybody off, by the page's one button or by the mail program (RFC 8058).
#include "core/base/sha256.h"
#include "native/net/encode.h"
#include "native/server/api.h"
#include "native/server/pages.h"

namespace recado::server {
namespace {

// One page's sentences. {0} is the company, {1} the address.
struct Wording {
  std::string_view language;
  std::string_view title;
  std::string_view question;  // {1}
  std::string_view button;
  std::string_view done;  // {1}
  std::string_view gone;
  std::string_view erased;  // in the place of {1}, where only the address's fingerprint is left
};
constexpr Wording kWordings[] = {
    {"en", "Unsubscribe", "Should {1} get no more messages from us?", "Unsubscribe",
     "{1} will get no more messages from us.",
     "This link does not lead anywhere. It may be incomplete or too old.", "this address"},
    {"de", "Abmelden", "Soll {1} von uns keine Nachrichten mehr bekommen?", "Abmelden",
     "{1} bekommt von uns keine Nachrichten mehr.",
     "Dieser Link führt nirgendwohin. Vielleicht ist er unvollständig oder zu alt.", "diese Adresse"},
    {"es", "Darse de baja", "¿Quiere que {1} no reciba más mensajes nuestros?", "Darse de baja",
     "{1} no recibirá más mensajes nuestros.",
     "Este enlace no lleva a ninguna parte. Puede que esté incompleto o sea demasiado antiguo.",
     "esta dirección"},
    {"pl", "Rezygnacja", "Czy {1} ma nie dostawać od nas więcej wiadomości?", "Rezygnuję",
     "{1} nie będzie już dostawać od nas wiadomości.",
     "Ten link donikąd nie prowadzi. Może jest niepełny albo zbyt stary.", "ten adres"},
    {"pt", "Cancelar inscrição", "Quer que {1} não receba mais mensagens nossas?", "Cancelar inscrição",
     "{1} não receberá mais mensagens nossas.",
     "Este link não leva a lugar nenhum. Talvez esteja incompleto ou seja antigo demais.", "este endereço"},
};

constexpr std::string_view kStyle =
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 "
    "1rem;color:#1b1b1b;"
    "background:#fff}button{font:inherit;padding:.6rem "
    "1.4rem;border:0;border-radius:.4rem;background:#0b57d0;"
    "color:#fff;cursor:pointer}button:focus-visible{outline:3px solid #1b1b1b;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#121212}button{background:#a8c7fa;color:#"
    "062e6f}"
    "button:focus-visible{outline-color:#eee}}";

// The one style that the page may have, by its digest.
std::string PolicyOf() {
  const auto digest = Sha256(kStyle);
  const std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  return "default-src 'none'; style-src 'sha256-" + net::Base64(bytes) +
         "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

std::string_view BaseOf(std::string_view tag) {
  return tag.substr(0, tag.find_first_of("-_;, "));
}

const Wording* WordingIn(std::string_view tag) {
  for (const Wording& wording : kWordings) {
    const std::string_view base = BaseOf(tag);
    const bool same = base.size() == 2 && (base[0] | 0x20) == wording.language[0] &&
                      (base[1] | 0x20) == wording.language[1];
    if (same) return &wording;
  }
  return nullptr;
}

// The message's language, else the first of the browser's that there is, in the order in which it names them.
const Wording& WordingFor(const Request& request) {
  if (const Wording* wording = WordingIn(request.Query("lang").value_or(""))) return *wording;
  std::string_view accepted = request.Header("Accept-Language");
  while (!accepted.empty()) {
    while (accepted.starts_with(' ')) accepted.remove_prefix(1);
    if (const Wording* wording = WordingIn(accepted)) return *wording;
    const size_t comma = accepted.find(',');
    accepted.remove_prefix(comma == std::string_view::npos ? accepted.size() : comma + 1);
  }
  return kWordings[0];
}

std::string With(std::string_view sentence, std::string_view address) {
  const size_t place = sentence.find("{1}");
  if (place == std::string_view::npos) return std::string(sentence);
  return std::string(sentence.substr(0, place)) + "<strong>" + net::XmlEscape(address) + "</strong>" +
         std::string(sentence.substr(place + 3));
}

Response Page(int status, const Wording& wording, std::string_view company, const std::string& body) {
  static const std::string kPolicy = PolicyOf();
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Content-Security-Policy", kPolicy},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Robots-Tag", "noindex, nofollow"}};
  std::string html = "<!doctype html><html lang=\"" + std::string(wording.language) +
                     "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width,initial-scale=1\"><title>" +
                     std::string(wording.title);
  if (!company.empty()) html += " – " + net::XmlEscape(company);
  html.append("</title><style>").append(kStyle).append("</style></head><body><main>");
  if (!company.empty()) html += "<p>" + net::XmlEscape(company) + "</p>";
  html.append("<h1>").append(wording.title).append("</h1>").append(body).append("</main></body></html>\n");
  response.body = std::move(html);
  return response;
}

Response Nowhere(const Request& request) {
  const Wording& wording = WordingFor(request);
  return Page(404, wording, "", "<p>" + std::string(wording.gone) + "</p>");
}

Response Say(const Request& request, const dispatch::Engine::Unsubscribing& found) {
  const Wording& wording = WordingFor(request);
  const std::string_view address = found.erased ? wording.erased : std::string_view(found.address);
  if (found.done) {
    return Page(200, wording, found.workspace, "<p role=\"status\">" + With(wording.done, address) + "</p>");
  }
  // To the address it stands at: the token and the language go with it.
  return Page(200, wording, found.workspace,
              "<p>" + With(wording.question, address) + "</p><form method=\"post\"><button type=\"submit\">" +
                  std::string(wording.button) + "</button></form>");
}

Response ShowUnsubscribe(Api& api, const Call& call) {
  if (api.public_url.empty()) return Nowhere(call.request);
  const auto found = api.engine.FindUnsubscribing(call.arguments[0]);
  if (!found.ok()) return Problem(found.error());
  return *found ? Say(call.request, **found) : Nowhere(call.request);
}

Response Unsubscribe(Api& api, const Call& call) {
  if (api.public_url.empty()) return Nowhere(call.request);
  const auto found = api.engine.Unsubscribe(call.arguments[0], api.clock());
  if (!found.ok()) return Problem(found.error());
  return *found ? Say(call.request, **found) : Nowhere(call.request);
}

// Somebody's program that looks ahead, as far as it says so.
bool IsPrefetch(const Request& request) {
  for (const char* name : {"Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"}) {
    const std::string_view value = request.Header(name);
    if (value.starts_with("prefetch") || value.starts_with("preview")) return true;
  }
  return false;
}

Response Follow(Api& api, const Call& call) {
  if (api.public_url.empty()) return Nowhere(call.request);
  const bool counts = call.request.method == Method::kGet && !IsPrefetch(call.request);
  const auto target = api.engine.FollowLink(call.arguments[0], counts, api.clock());
  if (!target.ok()) return Problem(target.error());
  if (!*target) return Nowhere(call.request);
  Response response;
  response.status = 302;
  response.headers = {{"Location", **target},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Robots-Tag", "noindex, nofollow"}};
  return response;
}

// As uploaded, and never as a page of ours. A name in a header is plain ASCII in quotes.
Response GiveFile(Api& api, const Call& call) {
  if (api.public_url.empty()) return Nowhere(call.request);
  const auto file = api.engine.FindFile(call.arguments[0], api.clock());
  if (!file.ok()) return Problem(file.error());
  std::optional<std::string> bytes = *file ? ReadWholeFile((*file)->path) : std::nullopt;
  if (!bytes) return Nowhere(call.request);
  std::string name;
  for (const char c : (*file)->name) name += c >= ' ' && c < 0x7F && c != '"' && c != '\\' ? c : '_';
  Response response;
  response.headers = {{"Content-Type", (*file)->media_type},
                      {"Content-Disposition", "attachment; filename=\"" + name + "\""},
                      {"Content-Security-Policy", "sandbox; default-src 'none'"},
                      {"Cache-Control", "private, no-cache"},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Robots-Tag", "noindex, nofollow"}};
  response.body = *std::move(bytes);
  return response;
}

}  // namespace

void AddWayRoutes(Routes& routes, Api& api) {
  const auto add = [&](Method method, std::string pattern, Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), std::nullopt, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/t/{token}", Follow);
  add(Method::kGet, "/f/{token}", GiveFile);
  add(Method::kGet, "/u/{token}", ShowUnsubscribe);
  add(Method::kPost, "/u/{token}", Unsubscribe);
}

}  // namespace recado::server
