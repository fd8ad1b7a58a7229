// Settings: providers, the company, access, the log of changes.

import type { Route, SettingsSection } from "../../routes";
import { SETTINGS_SECTIONS } from "../../routes";
import type { Catalogue } from "../../state/catalogue";
import { t } from "../../text";
import { Link } from "../../ui/link";
import { Notice } from "../../ui/notice";
import { Audit } from "./audit";
import { Providers } from "./providers";
import { Tokens } from "./tokens";
import { WorkspaceSettings } from "./workspace";
import "./settings.css";

interface SettingsProps {
  readonly at: Extract<Route, { page: "settings" }>;
  readonly known: Catalogue;
}

/** What only an administrator may even read. */
const ADMIN_ONLY: ReadonlySet<SettingsSection> = new Set(["access", "audit"]);

export function Settings({ at, known }: SettingsProps) {
  const { session } = known;
  const admin = session.role === "admin";
  return (
    <>
      <div class="top">
        <h1>{t("settings.title")}</h1>
      </div>
      <nav class="settings-nav" aria-label={t("settings.title")}>
        {SETTINGS_SECTIONS.map((section) => (
          <Link
            key={section}
            to={{ page: "settings", section }}
            class="nav-link"
            current={at.section === section}
          >
            {t(`settings.${section}`)}
          </Link>
        ))}
      </nav>
      {ADMIN_ONLY.has(at.section) && !admin ? (
        <Notice text={t("settings.adminOnly")} />
      ) : (
        <Section section={at.section} known={known} admin={admin} />
      )}
    </>
  );
}

interface SectionProps {
  readonly section: SettingsSection;
  readonly known: Catalogue;
  readonly admin: boolean;
}

function Section({ section, known, admin }: SectionProps) {
  switch (section) {
    case "providers":
      return <Providers session={known.session} />;
    case "workspace":
      return <WorkspaceSettings mayChange={admin} />;
    case "access":
      return <Tokens />;
    case "audit":
      return <Audit />;
  }
}
