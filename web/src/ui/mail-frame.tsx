// Somebody's HTML in a document of its own (public/mail.html), which has its own policy and an origin that is nobody's.
// Nothing runs there, nothing is fetched, nothing reaches the page; and the page's policy needs no exception for it.

import { useEffect, useRef } from "preact/hooks";
import { t } from "../text";

let address = "/mail.html";
/** For pages that are not the service's. */
export function placeMailFrame(url: string): void {
  address = url;
}

const ANYBODY = "*"; // an origin that is nobody's has no name

export function MailFrame({ html }: { readonly html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef(html);
  latest.current = html;
  useEffect(() => {
    // It says so itself when it can take the mail; what is said before is heard by nobody.
    const listen = ({ source }: MessageEvent): void => {
      const shown = frame.current?.contentWindow;
      if (shown && source === shown) shown.postMessage(latest.current, ANYBODY);
    };
    addEventListener("message", listen);
    return () => removeEventListener("message", listen);
  }, []);
  useEffect(() => {
    frame.current?.contentWindow?.postMessage(html, ANYBODY);
  }, [html]);
  return (
    <iframe ref={frame} class="mail-frame" sandbox="allow-scripts" src={address} title={t("preview.frame")} />
  );
}
