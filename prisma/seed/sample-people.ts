/** A small seeded generator (mulberry32), so that the sample is the same on every machine. Numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const givenNames =
  "Anna,Jonas,Ingrid,Mateo,Sofia,Lars,Emma,Noah,Freya,Oskar,Maja,Elias,Nora,Theo,Linnea,Hugo,Astrid,Felix,Clara,Emil,Selma,Anton,Ida,Leo,Alma,Viktor,Elin,Samuel,Signe,Karl,Amina,Yusuf,Priya,Arjun,Mei,Haruto,Aiko,Wei,Fatima,Omar,Zofia,Jakub,Chiara,Luca,Camille,Louis,Ines,Rui,Carmen,Diego,Eleni,Nikos,Oona,Aino,Eero,Siobhan,Cian,Maeve,Rhys,Megan".split(",");
const familyNames =
  "Hansen,Solberg,Lindqvist,Becker,Ruiz,Okafor,Sato,Moreau,Rossi,Kowalska,Novak,Virtanen,Nielsen,Berg,Dahl,Haugen,Larsen,Murphy,Evans,Fischer,Weber,Schmid,Keller,Dubois,Laurent,Ferrari,Conti,Silva,Costa,Garcia,Navarro,Papadakis,Petrov,Ivanova,Horvat,Nagy,Szabo,Yilmaz,Demir,Haddad,Rahman,Khan,Patel,Sharma,Chen,Wang,Tanaka,Mori,Kim,Park,Nguyen,Tran,Adeyemi,Mensah,Diallo,Byrne,Walsh,Campbell,Fraser,Lund".split(",");

export type SamplePerson = { ref: string; email: string; name: string; locale: "en" | "de"; joined: Date };

/** Three people with a part in the demo, the first of whom has answered nothing yet. */
export const demoPeople = [
  { ref: "kp-demo-1", email: "robin.hale@example.com", name: "Robin Hale" },
  { ref: "kp-demo-2", email: "lena.vogt@example.com", name: "Lena Vogt" },
  { ref: "kp-demo-3", email: "amir.rahimi@example.com", name: "Amir Rahimi" },
] as const;

/** `count` people who joined the shop between two moments, rather more of them lately; in order of joining. */
export function samplePeople(count: number, from: Date, to: Date): SamplePerson[] {
  const random = seeded(20_261_121);
  const pick = (names: readonly string[]) => names[Math.floor(random() * names.length)] ?? "";
  const people = Array.from({ length: count }, (_, i): SamplePerson => {
    const given = pick(givenNames);
    const family = pick(familyNames);
    const number = String(i + 1).padStart(5, "0");
    return {
      ref: `kp-${number}`,
      email: `${given}.${family}.${number}@example.net`.toLowerCase(),
      name: `${given} ${family}`,
      locale: random() < 0.2 ? "de" : "en",
      joined: new Date(from.getTime() + Math.sqrt(random()) * (to.getTime() - from.getTime())),
    };
  });
  return people.sort((a, b) => a.joined.getTime() - b.joined.getTime());
}
