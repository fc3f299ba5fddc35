/** A home of the demo market. Streets are real, numbers and people are made up. */
export interface DemoHome {
  line1: string;
  postcode: string;
  /** What the place is called where the market knows it: decides the point on the map. */
  outcode: string;
}

export interface DemoCustomer extends DemoHome {
  name: string;
  email: string;
}

const customer = (name: string, line1: string, postcode: string): DemoCustomer => ({
  name,
  email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@demo.plumbline.example`,
  line1,
  postcode,
  outcode: postcode.split(' ')[0] ?? '',
});

/** People of Bristol who have booked before. Nobody can sign in as them. */
export const demoCustomers = {
  gwen: customer('Gwen Pritchard', '41 Coronation Road', 'BS3 1AR'),
  idris: customer('Idris Boateng', '9 Gloucester Road', 'BS7 8AA'),
  lena: customer('Lena Fischer', '27 Cotham Hill', 'BS6 6LA'),
  marcus: customer('Marcus Reid', '118 Wells Road', 'BS4 2AG'),
  noor: customer('Noor Aziz', '63 Stapleton Road', 'BS5 0QS'),
  patrick: customer('Patrick Doyle', '5 Whiteladies Road', 'BS8 1PB'),
} as const;

/** Where Amira lives, and the house that Harbour Estates looks after. */
export const castHomes = {
  amira: { line1: '14 North Street', postcode: 'BS3 1AB', outcode: 'BS3' },
  estelle: { line1: '2 Welsh Back', postcode: 'BS1 4SB', outcode: 'BS1' },
} as const satisfies Record<string, DemoHome>;
