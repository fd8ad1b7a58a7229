#include "native/provider/twilio_call.h"

#include <cmath>

#include "native/net/encode.h"

namespace recado::provider {
namespace {

bool ReadsSsml(std::string_view voice) {
  return voice.starts_with("Polly.") || voice.starts_with("Google.");
}

// 200 % is twice the amplitude: +6 dB.
std::string Decibels(int percent) {
  const auto db = static_cast<int>(std::lround(20.0 * std::log10(percent / 100.0)));
  return (db < 0 ? "" : "+") + std::to_string(db) + "dB";
}

std::string Spoken(const rule::Say& say) {
  std::string text = net::XmlEscape(say.text);
  if (!ReadsSsml(say.voice) || (say.rate == 100 && say.volume == 100)) return text;
  std::string open = "<prosody";
  if (say.rate != 100) open += " rate=\"" + std::to_string(say.rate) + "%\"";
  if (say.volume != 100) open += " volume=\"" + Decibels(say.volume) + "\"";
  return open + ">" + text + "</prosody>";
}

}  // namespace

std::string TwimlOf(const plan::Message& message) {
  if (message.play_url) return "<Response><Play>" + net::XmlEscape(*message.play_url) + "</Play></Response>";
  if (!message.say) return "<Response/>";
  const rule::Say& say = *message.say;
  std::string head = "<Response><Say";
  if (!say.voice.empty()) head += " voice=\"" + net::XmlEscape(say.voice) + "\"";
  if (!say.language.empty()) head += " language=\"" + net::XmlEscape(say.language) + "\"";
  return head + ">" + Spoken(say) + "</Say></Response>";
}

}  // namespace recado::provider
