// Settings: how messages go out, where records come from, who may do what, what customers may ask for.

import type { Route, SettingsSection } from "../../routes";
import { SETTINGS_SECTIONS } from "../../routes";
import { mayOperate, type Catalogue } from "../../state/catalogue";
import { t } from "../../text";
import { Link } from "../../ui/link";
import { Notice } from "../../ui/notice";
import { Account } from "./account";
import { Audit } from "./audit";
import { Imports } from "./imports";
import { Privacy } from "./privacy";
import { Providers } from "./providers";
import { Source } from "./source";
import { Suppressions } from "./suppressions";
import { Tokens } from "./tokens";
import { Users } from "./users";
import { WorkspaceSettings } from "./workspace";
import "./settings.css";

interface SettingsProps {
  readonly at: Extract<Route, { page: "settings" }>;
  readonly known: Catalogue;
}

/** What only an administrator may even read. */
const ADMIN_ONLY: ReadonlySet<SettingsSection> = new Set(["users", "access", "privacy", "audit"]);

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
    case "crm":
      return <Source mayChange={admin} />;
    case "import":
      return <Imports known={known} mayChange={mayOperate(known.session)} />;
    case "suppressions":
      return <Suppressions mayChange={mayOperate(known.session)} />;
    case "users":
      return <Users session={known.session} />;
    case "privacy":
      return <Privacy />;
    case "account":
      return <Account />;
    case "access":
      return <Tokens />;
    case "audit":
      return <Audit />;
  }
}
