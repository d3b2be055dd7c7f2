-- Platform data. Safe to run again.

insert into public.plans (id, name, first_increment_seconds, billing_increment_seconds, concurrency_max, free_seconds, is_default)
values ('prepaid', 'Prepaid minutes', 60, 60, 5, 1200, true)
on conflict (id) do nothing;

insert into public.packs (id, name, description, seconds, price_cents, position) values
  ('minutes_50', '50 minutes', 'To try a first campaign', 3000, 3000, 1),
  ('minutes_100', '100 minutes', 'For a small list', 6000, 5000, 2),
  ('minutes_200', '200 minutes', 'For regular campaigns', 12000, 8000, 3),
  ('minutes_500', '500 minutes', 'The lowest price per minute', 30000, 20000, 4)
on conflict (id) do nothing;

insert into public.role_permissions (role, permission, scope)
select r.role::public.member_role, p.permission, 'account'
from (values ('owner'), ('admin')) r (role)
cross join (values ('account.read'), ('account.manage'), ('activity.read'), ('assistants.edit'), ('assistants.read'), ('billing.manage'),
  ('billing.read'), ('calls.edit'), ('calls.listen'), ('calls.read'), ('campaigns.edit'), ('campaigns.override_consent'), ('campaigns.read'), ('campaigns.run'), ('contacts.edit'),
  ('contacts.read'), ('contacts.read_personal'), ('do_not_call.edit'), ('do_not_call.remove'), ('team.manage')) p (permission)
on conflict do nothing;
insert into public.role_permissions (role, permission, scope) values
  ('owner', 'account.close', 'account'),
  ('agent', 'account.read', 'account'), ('agent', 'assistants.read', 'account'),
  ('agent', 'campaigns.read', 'assigned'), ('agent', 'calls.read', 'assigned'), ('agent', 'calls.listen', 'assigned'), ('agent', 'calls.edit', 'assigned'),
  ('agent', 'contacts.read', 'assigned'), ('agent', 'contacts.read_personal', 'assigned'), ('agent', 'do_not_call.edit', 'account'),
  ('viewer', 'account.read', 'account'), ('viewer', 'assistants.read', 'account'), ('viewer', 'campaigns.read', 'account'),
  ('viewer', 'calls.read', 'account'), ('viewer', 'contacts.read', 'account')
on conflict do nothing;

insert into public.voices (id, name, provider, provider_ref, language, description) values
  ('elliot', 'Elliot', 'vapi', 'Elliot', 'en', 'Warm and unhurried, Canadian English'),
  ('savannah', 'Savannah', 'vapi', 'Savannah', 'en', 'Bright and friendly, Southern American English'),
  ('rohan', 'Rohan', 'vapi', 'Rohan', 'en', 'Clear and energetic, Indian American English'),
  ('emma', 'Emma', 'vapi', 'Emma', 'en', 'Calm and professional, American English'),
  ('clara', 'Clara', 'vapi', 'Clara', 'en', 'Lively and helpful, American English'),
  ('nico', 'Nico', 'vapi', 'Nico', 'en', 'Relaxed and young, American English')
on conflict (id) do nothing;

-- One platform number and line. A hosted installation gives provider_ref its own VAPI phone number id.
insert into public.phone_numbers (account_id, e164, label, provider, provider_ref)
values (null, '+12025550100', 'Platform number', 'vapi', '00000000-0000-4000-8000-000000000100')
on conflict do nothing;
insert into engine.provider_lines (phone_number_id, concurrency_max, calls_per_second, tokens)
select n.id, 10, 1, 10 from public.phone_numbers n
where n.provider_ref = '00000000-0000-4000-8000-000000000100' and not exists (select from engine.provider_lines l where l.phone_number_id = n.id);

-- Calling rules (supabase/migrations/…_rules.sql says what the columns mean). Not legal advice. What comes from a secondary
-- source is not verified and stays off until an operator has read the law. Packs that are off wait for whom they concern.
insert into public.rule_packs (id, name, regions, is_on) values
  ('us-federal', 'United States', '{US}', true),
  ('us-fl', 'Florida', '{US-FL}', true), ('us-ok', 'Oklahoma', '{US-OK}', true), ('us-md', 'Maryland', '{US-MD}', true), ('us-tx', 'Texas', '{US-TX}', true),
  ('us-wa', 'Washington', '{US-WA}', true), ('us-wy', 'Wyoming', '{US-WY}', true), ('us-ky', 'Kentucky', '{US-KY}', true),
  ('us-me', 'Maine', '{US-ME}', true), ('us-pa', 'Pennsylvania', '{US-PA}', true),
  ('us-recording', 'States in which everybody must agree to a recording', '{US-CA,US-FL,US-IL,US-MA,US-MD,US-MT,US-NH,US-PA,US-WA}', true),
  ('us-debt', 'United States, debt collection', '{US}', false), ('us-exempted', 'United States, calls exempted from consent', '{US}', false),
  ('ca', 'Canada', '{CA}', true), ('eu', 'European Union', '{EU}', true), ('uk', 'United Kingdom', '{GB}', true)
on conflict (id) do nothing;

insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on) values
  ('us-federal-hours', 'us-federal', 'hours', '{}', '47 CFR 64.1200(c)(1), 16 CFR 310.4(c)', '1995-12-31', true, true),
  ('us-federal-consent', 'us-federal', 'consent', '{"sales": "express_written", "service": "express", "survey": "express", "reminder": "express"}',
    'FCC 24-17, 47 CFR 64.1200(a)(1)-(3)', '2024-02-08', true, true),
  ('us-federal-identification', 'us-federal', 'identification', '{}', '47 CFR 64.1200(b)', '1992-12-20', true, true),
  ('us-federal-opt-out', 'us-federal', 'opt_out_sentence', '{
    "en": "If you do not want calls from us, just say so and I will take you off our list.",
    "es": "Si no desea recibir llamadas nuestras, dígalo y le quitaré de nuestra lista."}', '47 CFR 64.1200(a)(7), (b)', '2013-01-14', true, true),
  ('us-fl-hours', 'us-fl', 'hours', '{}', 'Florida Telephone Solicitation Act, Fla. Stat. 501.616(6)', '2021-07-01', true, true),
  ('us-fl-frequency', 'us-fl', 'frequency', '{"max_calls": 3, "per_hours": 24}',
    'Florida Telephone Solicitation Act, Fla. Stat. 501.616(6)', '2021-07-01', true, true),
  ('us-ok-hours', 'us-ok', 'hours', '{}', 'Oklahoma Telephone Solicitation Act of 2022, 15 O.S. 775C', '2022-11-01', true, true),
  ('us-ok-frequency', 'us-ok', 'frequency', '{"max_calls": 3, "per_hours": 24}',
    'Oklahoma Telephone Solicitation Act of 2022, 15 O.S. 775C', '2022-11-01', true, true),
  ('us-md-hours', 'us-md', 'hours', '{}', 'Maryland Stop the Spam Calls Act of 2023', '2024-01-01', true, true),
  ('us-md-frequency', 'us-md', 'frequency', '{"max_calls": 3, "per_hours": 24}', 'Maryland Stop the Spam Calls Act of 2023', '2024-01-01', true, true),
  ('us-tx-hours', 'us-tx', 'hours', '{}', 'Tex. Bus. & Com. Code 301.051', '2009-04-01', true, true),
  ('us-wa-hours', 'us-wa', 'hours', '{}', 'State law of Washington (secondary source)', '2022-06-09', false, false),
  ('us-wy-hours', 'us-wy', 'hours', '{}', 'State law of Wyoming (secondary source)', '2026-01-01', false, false),
  ('us-ky-hours', 'us-ky', 'hours', '{}', 'State law of Kentucky (secondary source)', '2026-01-01', false, false),
  ('us-me-hours', 'us-me', 'hours', '{}', 'State law of Maine on automated calls (secondary source)', '2026-01-01', false, false),
  ('us-pa-hours', 'us-pa', 'hours', '{}', 'State law of Pennsylvania, no Sundays (secondary source)', '2026-10-18', false, false),
  ('us-recording-consent', 'us-recording', 'recording', '{"consent": "all"}', 'Laws of these states (secondary source)', '2026-01-01', false, false),
  ('us-debt-frequency', 'us-debt', 'frequency', '{"max_calls": 7, "per_hours": 168}', '12 CFR 1006.14(b)(2)', '2021-11-30', true, true),
  ('us-exempted-frequency', 'us-exempted', 'frequency', '{"max_calls": 3, "per_hours": 720}', '47 CFR 64.1200(a)(9)', '2023-07-20', true, true),
  ('ca-hours', 'ca', 'hours', '{}', 'CRTC Unsolicited Telecommunications Rules, part III', '2008-09-30', true, true),
  ('ca-consent', 'ca', 'consent', '{"sales": "express"}', 'CRTC Unsolicited Telecommunications Rules, part IV', '2008-09-30', true, true),
  ('ca-identification', 'ca', 'identification', '{}', 'CRTC Unsolicited Telecommunications Rules, part IV', '2008-09-30', true, true),
  ('eu-ai-disclosure', 'eu', 'ai_disclosure', '{
    "en": "I am an AI assistant, not a person.",
    "de": "Ich bin ein KI-Assistent, kein Mensch.",
    "fr": "Je suis un assistant IA, pas une personne.",
    "es": "Soy un asistente de inteligencia artificial, no una persona.",
    "it": "Sono un assistente di intelligenza artificiale, non una persona.",
    "nl": "Ik ben een AI-assistent, geen mens.",
    "pl": "Jestem asystentem AI, nie człowiekiem.",
    "pt": "Sou um assistente de IA, não uma pessoa."}', 'Regulation (EU) 2024/1689 (AI Act) art. 50', '2026-08-02', true, true),
  ('eu-identification', 'eu', 'identification', '{}', 'Directive 2011/83/EU art. 8(5)', '2014-06-13', true, true),
  ('eu-consent', 'eu', 'consent', '{"sales": "express"}',
    'Directive 2002/58/EC art. 13(1), as each state has put it into law (secondary source)', '2003-10-31', false, false),
  ('uk-consent', 'uk', 'consent', '{"sales": "express"}', 'PECR reg. 19', '2003-12-11', true, true),
  ('uk-identification', 'uk', 'identification', '{}', 'PECR reg. 24', '2003-12-11', true, true)
on conflict (id) do nothing;

insert into public.rule_hours (rule_id, weekday, opens_at, closes_at)
select h.rule_id, d.weekday, h.opens_at::time, h.closes_at::time
from (values ('us-federal-hours', '{1,2,3,4,5,6,7}', '08:00', '21:00'), ('us-fl-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'),
  ('us-ok-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'), ('us-md-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'),
  ('us-tx-hours', '{1,2,3,4,5,6}', '09:00', '21:00'), ('us-tx-hours', '{7}', '12:00', '21:00'),
  ('us-wa-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'), ('us-wy-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'),
  ('us-ky-hours', '{1,2,3,4,5,6,7}', '10:00', '21:00'), ('us-me-hours', '{1,2,3,4,5}', '09:00', '17:00'),
  ('us-pa-hours', '{1,2,3,4,5,6}', '08:00', '21:00'),
  ('ca-hours', '{1,2,3,4,5}', '09:00', '21:30'), ('ca-hours', '{6,7}', '10:00', '18:00')) h (rule_id, weekdays, opens_at, closes_at)
cross join unnest(h.weekdays::smallint[]) d (weekday)
on conflict do nothing;

-- Public holidays of eleven years: on a fixed day, on the nth Monday (or Thursday) of a month, or moving with Easter.
insert into public.holidays (region, day, name)
select f.region, make_date(y.year, f.month, f.day), f.name
from generate_series(2026, 2036) y (year)
cross join (values ('US', 1, 1, 'New Year''s Day'), ('US', 6, 19, 'Juneteenth'), ('US', 7, 4, 'Independence Day'), ('US', 11, 11, 'Veterans Day'),
  ('US', 12, 25, 'Christmas Day'), ('CA', 1, 1, 'New Year''s Day'), ('CA', 7, 1, 'Canada Day'), ('CA', 9, 30, 'National Day for Truth and Reconciliation'),
  ('CA', 11, 11, 'Remembrance Day'), ('CA', 12, 25, 'Christmas Day'), ('CA', 12, 26, 'Boxing Day')) f (region, month, day, name)
union all
-- The first such weekday on or after a day of the month: the third Monday is the first from the 15th on.
select n.region, first.day + (n.weekday - extract(isodow from first.day)::int + 7) % 7, n.name
from generate_series(2026, 2036) y (year)
cross join (values ('US', 1, 15, 1, 'Martin Luther King Jr. Day'), ('US', 2, 15, 1, 'Washington''s Birthday'), ('US', 5, 25, 1, 'Memorial Day'),
  ('US', 9, 1, 1, 'Labor Day'), ('US', 10, 8, 1, 'Columbus Day'), ('US', 11, 22, 4, 'Thanksgiving Day'),
  ('CA', 5, 18, 1, 'Victoria Day'), ('CA', 9, 1, 1, 'Labour Day'), ('CA', 10, 8, 1, 'Thanksgiving')) n (region, month, from_day, weekday, name)
cross join lateral (select make_date(y.year, n.month, n.from_day) as day) first
union all
select 'CA', d::date, 'Good Friday' from unnest('{2026-04-03,2027-03-26,2028-04-14,2029-03-30,2030-04-19,2031-04-11,2032-03-26,2033-04-15,2034-04-07,
  2035-03-23,2036-04-11}'::date[]) d
on conflict do nothing;

-- Which region a number calls. North American area codes by state and province; one that is not listed (a new overlay, a
-- toll-free number) counts as the United States'. Then the other countries.
insert into public.number_regions (prefix, region)
select p, r.region from (values
  ('US-AL', '{1205,1251,1256,1334,1659,1938}'), ('US-AK', '{1907}'), ('US-AZ', '{1480,1520,1602,1623,1928}'), ('US-AR', '{1327,1479,1501,1870}'),
  ('US-CA', '{1209,1213,1279,1310,1323,1341,1350,1357,1369,1408,1415,1424,1442,1510,1530,1559,1562,1619,1626,1628,1650,1657}'),
  ('US-CA', '{1661,1669,1707,1714,1738,1747,1760,1805,1818,1820,1831,1837,1840,1858,1909,1916,1925,1949,1951}'),
  ('US-CO', '{1303,1719,1720,1748,1970,1983}'), ('US-CT', '{1203,1475,1860,1959}'), ('US-DE', '{1302}'), ('US-DC', '{1202,1771}'),
  ('US-FL', '{1239,1305,1321,1324,1352,1386,1407,1448,1561,1645,1656,1689,1727,1728,1754,1772,1786,1813,1850,1863,1904,1941}'), ('US-FL', '{1954}'),
  ('US-GA', '{1229,1404,1470,1478,1678,1706,1762,1770,1912,1943}'), ('US-HI', '{1808}'), ('US-ID', '{1208,1986}'),
  ('US-IL', '{1217,1224,1309,1312,1331,1447,1464,1618,1630,1708,1730,1773,1779,1815,1847,1861,1872}'),
  ('US-IN', '{1219,1260,1317,1463,1574,1765,1812,1930}'), ('US-IA', '{1319,1515,1563,1641,1712}'), ('US-KS', '{1316,1620,1785,1913}'),
  ('US-KY', '{1270,1364,1502,1606,1859}'), ('US-LA', '{1225,1318,1337,1457,1504,1985}'), ('US-ME', '{1207}'),
  ('US-MD', '{1227,1240,1301,1410,1443,1667}'), ('US-MA', '{1339,1351,1413,1508,1617,1774,1781,1857,1978}'),
  ('US-MI', '{1231,1248,1269,1313,1517,1586,1616,1679,1734,1810,1906,1947,1989}'), ('US-MN', '{1218,1320,1507,1612,1651,1763,1924,1952}'),
  ('US-MS', '{1228,1471,1601,1662,1769}'), ('US-MO', '{1235,1314,1417,1557,1573,1636,1660,1816,1975}'), ('US-MT', '{1406}'),
  ('US-NE', '{1308,1402,1531}'), ('US-NV', '{1702,1725,1775}'), ('US-NH', '{1603}'), ('US-NJ', '{1201,1551,1609,1640,1732,1848,1856,1862,1908,1973}'),
  ('US-NM', '{1505,1575}'), ('US-NY', '{1212,1315,1329,1332,1347,1363,1465,1516,1518,1585,1607,1624,1631,1646,1680,1716,1718,1838,1845,1914,1917,1929}'),
  ('US-NY', '{1934}'), ('US-NC', '{1252,1336,1472,1704,1743,1828,1910,1919,1980,1984}'), ('US-ND', '{1701}'),
  ('US-OH', '{1216,1220,1234,1283,1326,1330,1380,1419,1436,1440,1513,1567,1614,1740,1937}'), ('US-OK', '{1405,1539,1572,1580,1918}'),
  ('US-OR', '{1458,1503,1541,1971}'), ('US-PA', '{1215,1223,1267,1272,1412,1445,1484,1570,1582,1610,1717,1724,1814,1835,1878}'), ('US-RI', '{1401}'),
  ('US-SC', '{1803,1821,1839,1843,1854,1864}'), ('US-SD', '{1605}'), ('US-TN', '{1423,1615,1629,1731,1865,1901,1931}'),
  ('US-TX', '{1210,1214,1254,1281,1325,1346,1361,1409,1430,1432,1469,1512,1621,1682,1713,1726,1737,1806,1817,1830,1832,1903}'),
  ('US-TX', '{1915,1936,1940,1945,1956,1972,1979}'), ('US-UT', '{1385,1435,1801}'), ('US-VT', '{1802}'),
  ('US-VA', '{1276,1434,1540,1571,1686,1703,1757,1804,1826,1948}'), ('US-WA', '{1206,1253,1360,1425,1509,1564}'), ('US-WV', '{1304,1681}'),
  ('US-WI', '{1262,1274,1353,1414,1534,1608,1715,1920}'), ('US-WY', '{1307}'), ('US-PR', '{1787,1939}'), ('US-VI', '{1340}'), ('US-GU', '{1671}'),
  ('US-MP', '{1670}'), ('US-AS', '{1684}'), ('CA-AB', '{1368,1403,1587,1780,1825}'), ('CA-BC', '{1236,1250,1257,1604,1672,1778}'),
  ('CA-MB', '{1204,1431,1584}'), ('CA-NB', '{1428,1506}'), ('CA-NL', '{1709,1879}'),
  ('CA-ON', '{1226,1249,1289,1343,1365,1382,1387,1416,1437,1519,1548,1613,1647,1683,1705,1742,1753,1807,1905,1942}'),
  ('CA-QC', '{1263,1273,1354,1367,1418,1438,1450,1468,1514,1579,1581,1819,1873}'), ('CA-SK', '{1306,1474,1639}'),
  ('CA', '{1600,1622,1633,1644,1655,1677,1688,1782,1867,1902}'), ('BS', '{1242}'), ('BB', '{1246}'), ('AI', '{1264}'), ('AG', '{1268}'),
  ('VG', '{1284}'), ('KY', '{1345}'), ('BM', '{1441}'), ('GD', '{1473}'), ('TC', '{1649}'), ('JM', '{1658,1876}'), ('MS', '{1664}'), ('SX', '{1721}'),
  ('LC', '{1758}'), ('DM', '{1767}'), ('VC', '{1784}'), ('DO', '{1809,1829,1849}'), ('TT', '{1868}'), ('KN', '{1869}'), ('US', '{1}'), ('EG', '{20}'),
  ('SS', '{211}'), ('MA', '{212}'), ('EH', '{2125288,2125289}'), ('DZ', '{213}'), ('TN', '{216}'), ('LY', '{218}'), ('GM', '{220}'), ('SN', '{221}'),
  ('MR', '{222}'), ('ML', '{223}'), ('GN', '{224}'), ('CI', '{225}'), ('BF', '{226}'), ('NE', '{227}'), ('TG', '{228}'), ('BJ', '{229}'),
  ('MU', '{230}'), ('LR', '{231}'), ('SL', '{232}'), ('GH', '{233}'), ('NG', '{234}'), ('TD', '{235}'), ('CF', '{236}'), ('CM', '{237}'),
  ('CV', '{238}'), ('ST', '{239}'), ('GQ', '{240}'), ('GA', '{241}'), ('CG', '{242}'), ('CD', '{243}'), ('AO', '{244}'), ('GW', '{245}'),
  ('IO', '{246}'), ('AC', '{247}'), ('SC', '{248}'), ('SD', '{249}'), ('RW', '{250}'), ('ET', '{251}'), ('SO', '{252}'), ('DJ', '{253}'),
  ('KE', '{254}'), ('TZ', '{255}'), ('UG', '{256}'), ('BI', '{257}'), ('MZ', '{258}'), ('ZM', '{260}'), ('MG', '{261}'), ('RE', '{262}'),
  ('YT', '{262269,262639}'), ('ZW', '{263}'), ('NA', '{264}'), ('MW', '{265}'), ('LS', '{266}'), ('BW', '{267}'), ('SZ', '{268}'), ('KM', '{269}'),
  ('ZA', '{27}'), ('SH', '{290}'), ('TA', '{2908}'), ('ER', '{291}'), ('AW', '{297}'), ('FO', '{298}'), ('GL', '{299}'), ('GR', '{30}'), ('NL', '{31}'),
  ('BE', '{32}'), ('FR', '{33}'), ('ES', '{34}'), ('GI', '{350}'), ('PT', '{351}'), ('LU', '{352}'), ('IE', '{353}'), ('IS', '{354}'), ('AL', '{355}'),
  ('MT', '{356}'), ('CY', '{357}'), ('FI', '{358}'), ('AX', '{35818}'), ('BG', '{359}'), ('HU', '{36}'), ('LT', '{370}'), ('LV', '{371}'),
  ('EE', '{372}'), ('MD', '{373}'), ('AM', '{374}'), ('BY', '{375}'), ('AD', '{376}'), ('MC', '{377}'), ('SM', '{378}'), ('UA', '{380}'),
  ('RS', '{381}'), ('ME', '{382}'), ('XK', '{383}'), ('HR', '{385}'), ('SI', '{386}'), ('BA', '{387}'), ('MK', '{389}'), ('IT', '{39}'),
  ('VA', '{3906698}'), ('RO', '{40}'), ('CH', '{41}'), ('CZ', '{420}'), ('SK', '{421}'), ('LI', '{423}'), ('AT', '{43}'), ('GB', '{44}'),
  ('GG', '{441481,447781,447839,447911}'), ('JE', '{441534,447509,447700,447797,447829,447937}'), ('IM', '{441624,447524,447624,447924}'),
  ('DK', '{45}'), ('SE', '{46}'), ('NO', '{47}'), ('SJ', '{4779}'), ('PL', '{48}'), ('DE', '{49}'), ('FK', '{500}'), ('BZ', '{501}'), ('GT', '{502}'),
  ('SV', '{503}'), ('HN', '{504}'), ('NI', '{505}'), ('CR', '{506}'), ('PA', '{507}'), ('PM', '{508}'), ('HT', '{509}'), ('PE', '{51}'), ('MX', '{52}'),
  ('CU', '{53}'), ('AR', '{54}'), ('BR', '{55}'), ('CL', '{56}'), ('CO', '{57}'), ('VE', '{58}'), ('GP', '{590}'), ('BO', '{591}'), ('GY', '{592}'),
  ('EC', '{593}'), ('GF', '{594}'), ('PY', '{595}'), ('MQ', '{596}'), ('SR', '{597}'), ('UY', '{598}'), ('CW', '{599}'), ('BQ', '{5993,5994,5997}'),
  ('MY', '{60}'), ('AU', '{61}'), ('CC', '{6189162}'), ('CX', '{6189164}'), ('ID', '{62}'), ('PH', '{63}'), ('NZ', '{64}'), ('SG', '{65}'),
  ('TH', '{66}'), ('TL', '{670}'), ('NF', '{672}'), ('BN', '{673}'), ('NR', '{674}'), ('PG', '{675}'), ('TO', '{676}'), ('SB', '{677}'), ('VU', '{678}'),
  ('FJ', '{679}'), ('PW', '{680}'), ('WF', '{681}'), ('CK', '{682}'), ('NU', '{683}'), ('WS', '{685}'), ('KI', '{686}'), ('NC', '{687}'),
  ('TV', '{688}'), ('PF', '{689}'), ('TK', '{690}'), ('FM', '{691}'), ('MH', '{692}'), ('RU', '{7}'), ('KZ', '{76,77}'), ('JP', '{81}'), ('KR', '{82}'),
  ('VN', '{84}'), ('KP', '{850}'), ('HK', '{852}'), ('MO', '{853}'), ('KH', '{855}'), ('LA', '{856}'), ('CN', '{86}'), ('BD', '{880}'), ('TW', '{886}'),
  ('TR', '{90}'), ('IN', '{91}'), ('PK', '{92}'), ('AF', '{93}'), ('LK', '{94}'), ('MM', '{95}'), ('MV', '{960}'), ('LB', '{961}'), ('JO', '{962}'),
  ('SY', '{963}'), ('IQ', '{964}'), ('KW', '{965}'), ('SA', '{966}'), ('YE', '{967}'), ('OM', '{968}'), ('PS', '{970}'), ('AE', '{971}'),
  ('IL', '{972}'), ('BH', '{973}'), ('QA', '{974}'), ('BT', '{975}'), ('MN', '{976}'), ('NP', '{977}'), ('IR', '{98}'), ('TJ', '{992}'), ('TM', '{993}'),
  ('AZ', '{994}'), ('GE', '{995}'), ('KG', '{996}'), ('UZ', '{998}')) r (region, prefixes)
cross join unnest(r.prefixes::text[]) p
on conflict do nothing;
