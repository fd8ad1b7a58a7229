import { describe, expect, test } from "vitest";
import type { ActionType, Rule } from "../core/types";
import { ACTION_OF, CHANNELS, bodyOf, defaultPolicy, newAction, withAction, withMember } from "./actions";

const ways = { sms: "sms-main", line: "berlin", whatsapp: "wa", telegram: "tg", language: "en" };
const rule: Rule = {
  id: "r",
  name: "R",
  on: { entity: "deal", stage: "paid" },
  over_limit: "truncate",
  action: { type: "send_sms", text: "Hi {{ contact.first_name }}", phone_type: "mobile", provider: "p" },
};

describe("changing what a rule does", () => {
  test.each(["send_email", "make_call", "send_chat_message"] as const)(
    "to %s and back keeps the words",
    (type) => {
      const changed = withAction(rule, type, ways);
      expect(bodyOf(changed.action)).toBe("Hi {{ contact.first_name }}");
      expect(bodyOf(withAction(changed, "send_sms", ways).action)).toBe("Hi {{ contact.first_name }}");
    },
  );

  test("the kind of number stays among channels that have one", () => {
    expect(withAction(rule, "make_call", ways).action).toMatchObject({
      phone_type: "mobile",
      line: "berlin",
    });
  });

  test("an invitation gets its link, and gives it back", () => {
    const invited = withAction(rule, "invite_to_messenger", ways);
    expect(bodyOf(invited.action)).toBe("Hi {{ contact.first_name }} {{ invite.link }}");
    expect(invited.action).toMatchObject({ channel: "tg", provider: "sms-main" });
    expect(bodyOf(withAction(invited, "send_sms", ways).action)).toBe("Hi {{ contact.first_name }}");
  });

  test("only an SMS keeps what to do with a long text", () => {
    expect(withAction(rule, "send_email", ways).over_limit).toBeUndefined();
    expect(withAction(rule, "invite_to_messenger", ways).over_limit).toBe("truncate");
  });

  test("the same action is no change", () => {
    expect(withAction(rule, "send_sms", ways)).toBe(rule);
  });
});

test("every channel of an address names an action of its own", () => {
  const types = CHANNELS.map((channel): ActionType => ACTION_OF[channel]);
  expect(new Set(types).size).toBe(6);
  expect(types.map((type) => newAction(type, "", undefined, ways).type)).toEqual(types);
});

test("what holds anyway is not written", () => {
  expect(withMember(rule, "policy", "at_most_once", defaultPolicy(rule.action))).not.toHaveProperty("policy");
  expect(withMember(rule, "policy", "at_least_once", defaultPolicy(rule.action)).policy).toBe(
    "at_least_once",
  );
});
