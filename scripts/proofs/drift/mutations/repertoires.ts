/** Of a game: keys, ranks, names in capitals, wins and losses. */
export const GAMES: readonly string[] = [
  'Hold [E] near the forge, then pick EMBER BLADE +3. It needs lv. 40 and 2x Dragon Scale.',
  'GG! Your rank moved from Gold II to Gold I (1,840 -> 1,902 MMR). Placement ends on Sunday.',
  'That boss has 3 phases: (1) fire, (2) ice, (3) both. Bring 12+ potions & stay left.',
  'Press F1 > Settings > Audio > "Voice chat: OFF". If it still crackles, restart the launcher.',
  'Season pass items: ~90% drop in raids, ~10% in shops. No refunds on LOOT BOXES, sorry :(',
  'Known bug! The quest "The Last Lantern" stays at 4/5. A hotfix is planned for patch 7.2.1b.',
  'You were banned for 72h because of AFK in 5 matches. It ends by itself, no action needed.',
  'Combo: A, A, down-right, B. Practice it in the dojo first; the window is 6 frames.',
  'Cross-play works on PC, PS5 and Switch. Link both accounts at https://play.example.com/link.',
  'lol, yes, you can pet the dog. Stand still and hold [Q] for two seconds.',
];

/** Of a journey: codes, times with zones, places, telephone numbers of desks. */
export const JOURNEYS: readonly string[] = [
  'Flight QX 417 leaves ZRH at 06:55 (UTC+2) and reaches LIS at 08:50 local time. Gate A43, seat 12F.',
  'Your hotel: Pensão Central, Rua da Prata 88, 1100-420 Lisboa. Reception: +351 21 555 0147, open 24 h.',
  'Day 1: arrival, old town. Day 2: Sintra by train (40 min, EUR 4.70). Day 3: free, late check-out until 14:00.',
  'One cabin bag of 8 kg (55 x 40 x 23 cm) is included. A second bag of 23 kg costs EUR 39 each way.',
  'You need a passport that is valid for 6 more months, but no visa for stays of up to 90 days.',
  'The 17:10 ferry is cancelled because of wind (8 Bft). The next one is at 19:40; your ticket stays valid.',
  'Please be at the desk 2 h before departure. Online check-in opens 30 h before, at 00:55.',
  'Change fee: EUR 45 + fare difference of EUR 62.10 = EUR 107.10. Shall I change it?',
  'Weather in Funchal: 24 °C, light showers, sea 22 °C. Sunrise 07:21, sunset 18:44.',
];

/** Of a school: how words are spelt, parted, spoken, and what pupils get wrong. */
export const LESSONS: readonly string[] = [
  '"Necessary" has one c and two s: n-e-c-e-s-s-a-r-y. Many write "neccessary", which is wrong.',
  'Say it slowly: "un-for-tu-nate-ly". In IPA: /ʌnˈfɔːtʃənətli/. The stress is on the second part.',
  '"Their", "there" and "they’re" sound the same. Which one fits: "___ dog is over ___"?',
  'A palindrome reads the same both ways: level, radar, "was it a car or a cat I saw".',
  'The plural of "mouse" is "mice", but a computer may have two "mouses". Both are fine!',
  'Correct: "I have been waiting for an hour." Not: "I am waiting since one hour."',
  'Repeat after me: the the-sound is soft, soft, soft. Put your tongue between your teeth: th, th, th.',
  '“Ich heiße Ana” means “My name is Ana”. The letter ß is a sharp s, as in “Straße”.',
  'In Morse code, SOS is ... --- ... and in the NATO alphabet it is Sierra Oscar Sierra.',
  'Well done: 9 of 10! Only "recieve" was wrong. Remember: i before e, except after c.',
];
