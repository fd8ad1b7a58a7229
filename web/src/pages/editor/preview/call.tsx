// A call before it is made: what will be said, and a browser's voice to hear its pace. The vendor's voice is another
// one; that is said beside the button.

import { useEffect, useState } from "preact/hooks";
import type { Content, Say } from "../../../core/types";
import { languageName, t } from "../../../text";
import { Icon } from "../../../ui/icons";

interface CallPreviewProps {
  readonly content: Content;
  readonly heading: string;
  /** Language of the message where the rule names none. */
  readonly language: string;
}

const NORMAL = 100; // percent

function utteranceOf(say: Say, language: string): SpeechSynthesisUtterance {
  const utterance = new SpeechSynthesisUtterance(say.text);
  utterance.lang = say.language || language;
  utterance.rate = (say.rate ?? NORMAL) / NORMAL;
  utterance.volume = Math.min(1, (say.volume ?? NORMAL) / NORMAL); // browsers know no louder than loud
  const voices = speechSynthesis.getVoices();
  const voice =
    voices.find(({ name }) => name === say.voice) ?? voices.find(({ lang }) => lang === utterance.lang);
  if (voice) utterance.voice = voice;
  return utterance;
}

export function CallPreview({ content, heading, language }: CallPreviewProps) {
  const { say, play } = content;
  return (
    <div class="phone call-preview">
      <div class="phone-heading quiet">{heading}</div>
      {say ? <Spoken say={say} language={language} /> : null}
      {play ? (
        <p>
          <a href={play.url} target="_blank" rel="noopener noreferrer">
            {t("call.open")}
          </a>
        </p>
      ) : null}
    </div>
  );
}

function Spoken({ say, language }: { readonly say: Say; readonly language: string }) {
  const [speaking, setSpeaking] = useState(false);
  const canSpeak = "speechSynthesis" in globalThis;
  useEffect(() => {
    // What was written since is not what is being said.
    setSpeaking(false);
    return () => {
      if (canSpeak) speechSynthesis.cancel();
    };
  }, [say.text, say.rate, say.volume, say.voice, say.language, canSpeak]);
  const toggle = (): void => {
    speechSynthesis.cancel();
    if (!speaking) {
      const utterance = utteranceOf(say, language);
      utterance.onend = () => setSpeaking(false);
      utterance.onerror = () => setSpeaking(false);
      speechSynthesis.speak(utterance);
    }
    setSpeaking(!speaking);
  };
  const facts = [
    languageName(say.language || language),
    say.voice,
    t("call.atRate", { n: say.rate ?? NORMAL }),
    t("call.atVolume", { n: say.volume ?? NORMAL }),
  ].filter(Boolean);
  return (
    <>
      <blockquote class="spoken">{say.text}</blockquote>
      <p class="segment">{facts.join(" · ")}</p>
      {canSpeak ? (
        <>
          <button type="button" class="button small" aria-pressed={speaking} onClick={toggle}>
            <Icon name={speaking ? "stop" : "play"} />
            {t(speaking ? "call.stop" : "call.listen")}
          </button>
          <p class="segment">{t("call.voiceNote")}</p>
        </>
      ) : null}
    </>
  );
}
