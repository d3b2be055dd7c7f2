/** Names that sound like people and like the small companies they run. None of them is meant to be anybody. */
export const GIVEN = ['Abigail', 'Adrian', 'Alicia', 'Amara', 'Andre', 'Anita', 'Arthur', 'Beatrice', 'Benjamin', 'Bianca', 'Calvin', 'Carmen', 'Cedric', 'Chloe',
  'Clara', 'Connor', 'Daphne', 'Darnell', 'Deborah', 'Desmond', 'Dominic', 'Elaine', 'Elliott', 'Esther', 'Farah', 'Felix', 'Fiona', 'Gareth', 'Gloria', 'Gordon',
  'Hannah', 'Harvey', 'Helena', 'Hugo', 'Imani', 'Irene', 'Isaac', 'Jamal', 'Janice', 'Jerome', 'Joanna', 'Jonas', 'Keisha', 'Kieran', 'Laila', 'Leonard', 'Lydia',
  'Malcolm', 'Marisol', 'Mei', 'Miriam', 'Nadia', 'Naomi', 'Nathan', 'Oscar', 'Paloma', 'Patrick', 'Philippa', 'Quentin', 'Rafael', 'Ramona', 'Reuben', 'Rosalind',
  'Samir', 'Selina', 'Simone', 'Stephen', 'Tamara', 'Theodore', 'Tobias', 'Ursula', 'Victor', 'Vivian', 'Warren', 'Yasmin', 'Zachary']
export const FAMILY = ['Abbott', 'Aguilar', 'Archer', 'Bannerjee', 'Barlow', 'Beckett', 'Bellamy', 'Blackwood', 'Brennan', 'Bridges', 'Calloway', 'Carver', 'Castellan',
  'Chandra', 'Cho', 'Corrigan', 'Dalton', 'Delacroix', 'Donnelly', 'Draper', 'Ekström', 'Ellery', 'Farrow', 'Fenwick', 'Finch', 'Fontaine', 'Gallagher', 'Garrison',
  'Goodwin', 'Grady', 'Hale', 'Hargrove', 'Hastings', 'Holloway', 'Iqbal', 'Jarrett', 'Kaplan', 'Keating', 'Kimura', 'Kowalski', 'Lambert', 'Langley', 'Lindgren',
  'Lockwood', 'Maddox', 'Mahoney', 'Marlowe', 'Mbeki', 'Mercer', 'Nakamura', 'Norwood', 'Okafor', 'Osborne', 'Pemberton', 'Prescott', 'Quinlan', 'Radcliffe', 'Ramsey',
  'Redmond', 'Rowley', 'Sadler', 'Sheridan', 'Sinclair', 'Stanton', 'Sterling', 'Tanaka', 'Thornton', 'Tremblay', 'Underhill', 'Vance', 'Wainwright', 'Whitaker',
  'Winslow', 'Yates', 'Zeller']
export const SPANISH_GIVEN = ['Adriana', 'Alejandro', 'Andrés', 'Beatriz', 'Camila', 'Carlos', 'Catalina', 'Daniela', 'Diego', 'Elena', 'Emilio', 'Esteban', 'Fernanda',
  'Gabriel', 'Guadalupe', 'Héctor', 'Inés', 'Isabel', 'Javier', 'Jimena', 'Joaquín', 'Lorena', 'Lucía', 'Luis', 'Manuela', 'Marcos', 'Mariana', 'Martín', 'Natalia',
  'Óscar', 'Patricia', 'Ramiro', 'Raquel', 'Rodrigo', 'Rosario', 'Santiago', 'Sofía', 'Tomás', 'Valeria', 'Ximena']
export const SPANISH_FAMILY = ['Aguirre', 'Alvarado', 'Barrera', 'Benítez', 'Caballero', 'Cárdenas', 'Castañeda', 'Cisneros', 'Contreras', 'Delgado', 'Escobar', 'Figueroa',
  'Fuentes', 'Gallegos', 'Herrera', 'Ibarra', 'Leyva', 'Maldonado', 'Márquez', 'Medina', 'Montoya', 'Navarro', 'Orozco', 'Paredes', 'Quintero', 'Rentería', 'Robles',
  'Salazar', 'Serrano', 'Solís', 'Téllez', 'Valdés', 'Velasco', 'Villalobos', 'Zamora']

export const TRADES = ['Plumbing', 'Electric', 'Roofing', 'Landscaping', 'Heating', 'Painting', 'Flooring', 'Locksmiths', 'Pest Control', 'Window Cleaning', 'Garage Doors',
  'Pool Service', 'Tree Care', 'Solar', 'Appliance Repair', 'Moving', 'Fencing', 'Drywall']
export const SPANISH_TRADES = ['Taller', 'Plomería', 'Electricidad', 'Jardinería', 'Pinturas', 'Techos', 'Mudanzas', 'Refrigeración', 'Carpintería', 'Cerrajería']
