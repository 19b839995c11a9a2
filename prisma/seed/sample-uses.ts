import type { Terms } from "@/lib/domain/terms";

/** A word of the shop's own, below one of the taxonomy's. */
export type SampleWord = { kind: "category" | "purpose"; key: string; name: string; description: string };

export const sampleWords: readonly SampleWord[] = [
  {
    kind: "category",
    key: "user.behavior.interest_in_mountain_bikes",
    name: "Interest in mountain bikes",
    description: "That somebody looked at, asked about or bought mountain bikes and what belongs to them.",
  },
  { kind: "category", key: "user.demographic.sizes", name: "Sizes", description: "Sizes of boots, jackets, gloves and helmets." },
  { kind: "category", key: "user.behavior.seat_choice", name: "Seat choice", description: "Whether somebody likes a window or an aisle seat on the tour bus." },
  { kind: "category", key: "user.behavior.workshop_history", name: "Workshop history", description: "What the workshop did to somebody's bike or skis, and when." },
  { kind: "purpose", key: "essential.service.delivery", name: "Delivery", description: "Bring what was ordered to the right door." },
  { kind: "purpose", key: "personalize.content.right_size_first", name: "Right size first", description: "Preselect the size that fits." },
  { kind: "purpose", key: "essential.service.guided_tours", name: "Guided tours", description: "Plan and run guided tours." },
  { kind: "purpose", key: "essential.service.notifications.trail_and_snow_news", name: "Trail and snow news", description: "Tell people about conditions where they go." },
  { kind: "purpose", key: "essential.service.notifications.service_reminders", name: "Service reminders", description: "Say when a bike or a pair of skis is due for service." },
];

export type SampleWording = { title: string; question: string; benefit: string; ifNo: string; yesLabel: string; noLabel: string };
export type SampleUseVersion = { at: string; terms: Terms; changeNote: string };
export type SampleUse = {
  key: string;
  name: string;
  versions: readonly SampleUseVersion[];
  /** Wordings by locale; null for a use that needs no question. */
  prompt: { en: SampleWording; de: SampleWording } | null;
  /** Of a hundred people asked about version n, how many answer, and how many of those say yes. */
  answers: readonly { reach: number; yes: number }[];
};

const home = { recipients: [], places: ["NO"], sharing: "none", automation: "none", legalBasis: "consent" } as const;

const picks: Terms = {
  ...home,
  categories: ["user.behavior.interest_in_mountain_bikes"],
  purpose: "personalize.content",
  retention: { kind: "period", count: 12, unit: "months" },
  sources: ["told", "observed"],
  automation: "assisted",
  benefits: ["New bikes and parts you care about come first", "You see less of what you never look at"],
};

const address: Terms = {
  ...home,
  categories: ["user.contact.address", "user.name"],
  purpose: "essential.service.delivery",
  recipients: [{ kind: "processor", name: "Fjord Parcel" }],
  retention: { kind: "period", count: 12, unit: "months" },
  sources: ["told"],
  benefits: ["You never type your address again"],
};

const seat: Terms = {
  ...home,
  categories: ["user.behavior.seat_choice"],
  purpose: "essential.service.guided_tours",
  retention: { kind: "period", count: 6, unit: "months" },
  sources: ["told"],
  benefits: ["The seat you like is kept for you"],
};

const sizes: Terms = {
  ...home,
  categories: ["user.demographic.sizes"],
  purpose: "personalize.content.right_size_first",
  retention: { kind: "relationship" },
  sources: ["told", "observed"],
  benefits: ["Your size is chosen before you look", "Fewer parcels go back"],
};

const trails: Terms = {
  ...home,
  categories: ["user.location.precise", "user.contact.email"],
  purpose: "essential.service.notifications.trail_and_snow_news",
  retention: { kind: "period", count: 12, unit: "months" },
  sources: ["told", "observed"],
  benefits: ["Avalanche and trail news for where you go, before you set out"],
};

const workshop: Terms = {
  ...home,
  legalBasis: "legitimate-interests",
  categories: ["user.behavior.workshop_history"],
  purpose: "essential.service.notifications.service_reminders",
  retention: { kind: "period", count: 24, unit: "months" },
  sources: ["observed"],
  benefits: ["We remind you before brakes or bindings need work"],
};

export const sampleUses: readonly SampleUse[] = [
  {
    key: "mountain-bike-picks",
    name: "Mountain-bike picks",
    versions: [{ at: "2025-09-02T08:30:00Z", terms: picks, changeNote: "First version." }],
    prompt: {
      en: {
        title: "Mountain-bike picks",
        question: "May we remember your interest in mountain bikes, to choose what we show you?",
        benefit: "New bikes, parts and trails that suit you come first.",
        ifNo: "Nothing else changes. You see the same shop as everybody.",
        yesLabel: "Yes, remember it",
        noLabel: "No, do not keep it",
      },
      de: {
        title: "Auswahl für Mountainbikes",
        question: "Dürfen wir uns Ihr Interesse an Mountainbikes merken, um auszuwählen, was wir Ihnen zeigen?",
        benefit: "Neue Räder, Teile und Wege, die zu Ihnen passen, stehen vorn.",
        ifNo: "Sonst ändert sich nichts. Sie sehen denselben Laden wie alle.",
        yesLabel: "Ja, bitte merken",
        noLabel: "Nein, nicht merken",
      },
    },
    answers: [{ reach: 72, yes: 68 }],
  },
  {
    key: "delivery-address",
    name: "Delivery address",
    versions: [
      { at: "2025-01-14T09:00:00Z", terms: address, changeNote: "First version." },
      {
        at: "2026-03-10T10:15:00Z",
        terms: { ...address, retention: { kind: "relationship" } },
        changeNote: "Regular customers asked us not to forget it every year.",
      },
    ],
    prompt: {
      en: {
        title: "Your delivery address",
        question: "May we remember your delivery address, so that you need not type it again?",
        benefit: "Ordering takes one step less.",
        ifNo: "You type the address with each order, and we forget it after delivery.",
        yesLabel: "Yes, remember it",
        noLabel: "No, I will type it",
      },
      de: {
        title: "Ihre Lieferadresse",
        question: "Dürfen wir uns Ihre Lieferadresse merken, damit Sie sie nicht noch einmal eingeben müssen?",
        benefit: "Bestellen geht einen Schritt schneller.",
        ifNo: "Sie geben die Adresse jedes Mal ein, und wir vergessen sie nach der Lieferung.",
        yesLabel: "Ja, bitte merken",
        noLabel: "Nein, ich tippe sie",
      },
    },
    answers: [
      { reach: 88, yes: 91 },
      { reach: 61, yes: 84 },
    ],
  },
  {
    key: "tour-seat",
    name: "Window or aisle",
    versions: [
      { at: "2025-02-03T07:45:00Z", terms: seat, changeNote: "First version." },
      {
        at: "2025-08-18T12:00:00Z",
        terms: { ...seat, retention: { kind: "period", count: 24, unit: "months" } },
        changeNote: "Many people come back only the next season.",
      },
      {
        at: "2026-06-22T06:30:00Z",
        terms: { ...seat, retention: { kind: "period", count: 24, unit: "months" }, recipients: [{ kind: "partner", name: "Nordlys Buses" }], places: ["NO", "SE"] },
        changeNote: "From this summer Nordlys Buses, of Sweden, drives our tours.",
      },
    ],
    prompt: {
      en: {
        title: "Window or aisle",
        question: "May we remember whether you like a window or an aisle seat on our tour buses?",
        benefit: "The seat you like is kept for you on every tour.",
        ifNo: "You choose a seat on each tour, from those that are free.",
        yesLabel: "Yes, remember it",
        noLabel: "No, I will choose",
      },
      de: {
        title: "Fenster oder Gang",
        question: "Dürfen wir uns merken, ob Sie in unseren Tourbussen lieber am Fenster oder am Gang sitzen?",
        benefit: "Ihr Lieblingsplatz ist bei jeder Tour für Sie frei.",
        ifNo: "Sie wählen bei jeder Tour einen der freien Plätze.",
        yesLabel: "Ja, bitte merken",
        noLabel: "Nein, ich wähle",
      },
    },
    answers: [
      { reach: 40, yes: 82 },
      { reach: 74, yes: 79 },
      { reach: 52, yes: 58 },
    ],
  },
  {
    key: "boot-and-jacket-size",
    name: "Boot and jacket size",
    versions: [{ at: "2025-04-07T11:20:00Z", terms: sizes, changeNote: "First version." }],
    prompt: {
      en: {
        title: "Your sizes",
        question: "May we remember your boot and jacket sizes, to choose the right one before you look?",
        benefit: "Your size is preselected, and fewer parcels go back.",
        ifNo: "You choose the size each time.",
        yesLabel: "Yes, remember them",
        noLabel: "No, do not keep them",
      },
      de: {
        title: "Ihre Größen",
        question: "Dürfen wir uns Ihre Schuh- und Jackengröße merken, um gleich die richtige vorzuschlagen?",
        benefit: "Ihre Größe ist schon gewählt, und weniger Pakete gehen zurück.",
        ifNo: "Sie wählen die Größe jedes Mal selbst.",
        yesLabel: "Ja, bitte merken",
        noLabel: "Nein, nicht merken",
      },
    },
    answers: [{ reach: 78, yes: 88 }],
  },
  {
    key: "trail-and-snow-news",
    name: "Trail and snow news",
    versions: [
      { at: "2025-05-19T08:00:00Z", terms: trails, changeNote: "First version." },
      {
        at: "2026-01-12T09:40:00Z",
        terms: { ...trails, categories: ["user.location.imprecise", "user.contact.email"], sources: ["told"] },
        changeNote: "The region is enough: we no longer look at exact positions, and only use what people tell us.",
      },
    ],
    prompt: {
      en: {
        title: "Trail and snow news",
        question: "May we remember which regions you go to, to send you trail and snow news by e-mail?",
        benefit: "You hear of avalanches, storms and closed trails before you set out.",
        ifNo: "You find the same news on our website, for all regions at once.",
        yesLabel: "Yes, send me news",
        noLabel: "No, I will look it up",
      },
      de: {
        title: "Nachrichten von Weg und Schnee",
        question: "Dürfen wir uns merken, in welche Regionen Sie gehen, um Ihnen Nachrichten von Weg und Schnee zu mailen?",
        benefit: "Sie erfahren von Lawinen, Stürmen und gesperrten Wegen, bevor Sie aufbrechen.",
        ifNo: "Dieselben Nachrichten stehen für alle Regionen auf unserer Website.",
        yesLabel: "Ja, gern mailen",
        noLabel: "Nein, ich sehe nach",
      },
    },
    answers: [
      { reach: 58, yes: 55 },
      { reach: 66, yes: 71 },
    ],
  },
  {
    key: "workshop-reminders",
    name: "Workshop reminders",
    versions: [
      { at: "2025-03-24T10:00:00Z", terms: workshop, changeNote: "First version." },
      {
        at: "2026-02-16T13:30:00Z",
        terms: { ...workshop, retention: { kind: "period", count: 36, unit: "months" } },
        changeNote: "Bindings are checked every third year.",
      },
    ],
    prompt: null,
    answers: [
      { reach: 6, yes: 0 },
      { reach: 4, yes: 0 },
    ],
  },
];
