// A link inside the page: an ordinary anchor, so that copying, middle click and the status bar work, which does
// not load the page anew on an ordinary click.

import type { ComponentChildren } from "preact";
import { formatRoute, type Route } from "../routes";
import { go } from "../state/navigation";

interface LinkProps {
  readonly to: Route;
  readonly class?: string;
  readonly current?: boolean;
  readonly label?: string;
  readonly children: ComponentChildren;
}

export function Link({ to, class: className, current, label, children }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a
      href={formatRoute(to)}
      class={className}
      aria-current={current ? "page" : undefined}
      aria-label={label}
      onClick={follow}
    >
      {children}
    </a>
  );
}
