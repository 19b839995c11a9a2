/** The shop's own policies: Markdown per locale, the clause that cites each data use, and when each came into force. */
export type SamplePolicyVersion = {
  at: string;
  changeNote: string;
  editorial: boolean;
  texts: Readonly<Record<string, { title: string; markdown: string }>>;
  /** Heading of a clause (as it reads in English) and the data uses it describes. */
  cites: readonly { heading: string; uses: readonly string[] }[];
};
export type SamplePolicy = { key: string; title: string; asks: "accept" | "acknowledge"; versions: readonly SamplePolicyVersion[] };

type Parts = {
  opening: string;
  address: string;
  picks: string | null;
  sizes: string | null;
  trails: string | null;
  workshop: string | null;
  complaint: string;
};

const privacy = (parts: Parts): string =>
  [
    `We sell outdoor gear and run guided tours. To do that well we remember a few things **for** you, never **about** you behind your back. ${parts.opening}`,
    "## What we remember, and what you get for it",
    "Each of these is a question we ask you. You can say no to any of them and still buy everything we sell.",
    `### Delivery address\n\n${parts.address}`,
    parts.sizes && `### Sizes\n\n${parts.sizes}`,
    parts.picks && `### Mountain bikes\n\n${parts.picks}`,
    parts.trails && `### Trail and snow news\n\n${parts.trails}`,
    parts.workshop && `### Workshop\n\n${parts.workshop}`,
    "## What we never do",
    "- We do not sell what we know of you.\n- We do not buy what others know of you.\n- We do not change a price because of who you are.",
    "## When something changes",
    "If we want to use anything differently, we ask you again, and until you have answered the old agreement holds. We keep every version of this policy, so that you can read what changed.",
    "## Your say",
    `You can see everything we remember for you, change it, and take back any permission with one click. ${parts.complaint}`,
  ]
    .filter((part) => part !== null)
    .join("\n\n");

const first: Parts = {
  opening: "This page says what, why and for how long.",
  address: "So that you need not type your address again, we keep it for twelve months after you last told us. The parcel service sees it when it brings you something.",
  picks: null,
  sizes: null,
  trails: null,
  workshop: "Our workshop keeps a list of what it did to your bike or skis for two years, to remind you of the next service. You can object at any time.",
  complaint: "Write to privacy@kestrel-pine.example if anything is unclear.",
};
const second: Parts = {
  ...first,
  sizes: "If you like, we remember your boot and jacket sizes while you are a customer, so that the right one is chosen before you look.",
  trails: "If you ask for trail and snow news, we keep your e-mail address and the places you go to for twelve months.",
};
const third: Parts = {
  ...second,
  picks: "If you like, we remember for twelve months that mountain bikes interest you, from what you tell us and what you look at, and choose what we show you accordingly.",
  complaint: "Write to privacy@kestrel-pine.example if anything is unclear, or complain to the Norwegian Data Protection Authority.",
};
const fourth: Parts = {
  ...third,
  address: "So that you need not type your address again, we keep it while you are a customer. The parcel service sees it when it brings you something.",
  trails: "If you ask for trail and snow news, we keep your e-mail address and the regions you name for twelve months. We no longer look at exact positions.",
  workshop: "Our workshop keeps a list of what it did to your bike or skis for three years, to remind you of the next service. You can object at any time.",
};

const english = (markdown: string) => ({ en: { title: "Privacy at Kestrel & Pine", markdown } });
const cites = (parts: Parts) => [
  { heading: "Delivery address", uses: ["delivery-address"] },
  ...(parts.sizes ? [{ heading: "Sizes", uses: ["boot-and-jacket-size"] }] : []),
  ...(parts.picks ? [{ heading: "Mountain bikes", uses: ["mountain-bike-picks"] }] : []),
  ...(parts.trails ? [{ heading: "Trail and snow news", uses: ["trail-and-snow-news"] }] : []),
  ...(parts.workshop ? [{ heading: "Workshop", uses: ["workshop-reminders"] }] : []),
];

const tours = (seat: string, drivers: string): string =>
  [
    "This notice is for everybody who joins one of our guided tours. It goes beside our general privacy policy.",
    "## Before the tour",
    "We need your name, an emergency contact and what the guide must know about your health. The guide alone sees it, and we destroy the emergency sheet within a week after the tour.",
    `## On the bus\n\n${seat}`,
    `## Who drives\n\n${drivers}`,
    "## Pictures",
    "Guides take pictures. They ask you before they take one, and again before we show one to anybody.",
    "## After the tour",
    "We keep the list of participants for as long as the law on package travel asks, which is three years.",
  ].join("\n\n");
const tourText = (seat: string, drivers: string) => ({ en: { title: "Guided tours: privacy notice", markdown: tours(seat, drivers) } });
const seatCite = [{ heading: "On the bus", uses: ["tour-seat"] }];

export const samplePolicies: readonly SamplePolicy[] = [
  {
    key: "customer-privacy",
    title: "Privacy at Kestrel & Pine",
    asks: "accept",
    versions: [
      { at: "2025-03-25T08:00:00Z", changeNote: "The first one, now that the shop is online.", editorial: false, texts: english(privacy(first)), cites: cites(first) },
      { at: "2025-05-20T08:00:00Z", changeNote: "Sizes, and trail and snow news.", editorial: false, texts: english(privacy(second)), cites: cites(second) },
      {
        at: "2025-06-02T08:00:00Z",
        changeNote: "Clearer words about what this page is for; nothing changes.",
        editorial: true,
        texts: english(privacy({ ...second, opening: "This page says what we remember, why, for how long, and what you get for it." })),
        cites: cites(second),
      },
      { at: "2025-09-03T08:00:00Z", changeNote: "Mountain-bike picks, and where to complain.", editorial: false, texts: english(privacy({ ...third, opening: "This page says what we remember, why, for how long, and what you get for it." })), cites: cites(third) },
      {
        at: "2026-03-11T08:00:00Z",
        changeNote: "Addresses for as long as you are a customer, regions in place of positions, three years in the workshop.",
        editorial: false,
        texts: english(privacy({ ...fourth, opening: "This page says what we remember, why, for how long, and what you get for it." })),
        cites: cites(fourth),
      },
    ],
  },
  {
    key: "guided-tours",
    title: "Guided tours: privacy notice",
    asks: "acknowledge",
    versions: [
      {
        at: "2025-02-04T08:00:00Z",
        changeNote: "Our first season.",
        editorial: false,
        texts: tourText("If you allow it, we remember for six months whether you like a window or an aisle seat.", "Our own drivers, in our own two buses."),
        cites: seatCite,
      },
      {
        at: "2025-08-19T08:00:00Z",
        changeNote: "Seats are remembered for two years.",
        editorial: false,
        texts: tourText("If you allow it, we remember for two years whether you like a window or an aisle seat.", "Our own drivers, in our own two buses."),
        cites: seatCite,
      },
      {
        at: "2026-06-23T06:00:00Z",
        changeNote: "Nordlys Buses drives our tours and learns which seat you like.",
        editorial: false,
        texts: tourText(
          "If you allow it, we remember for two years whether you like a window or an aisle seat, and tell the bus company.",
          "Nordlys Buses, a company of Kiruna in Sweden, drives our tours. It gets the list of seats, and nothing else.",
        ),
        cites: seatCite,
      },
    ],
  },
];
