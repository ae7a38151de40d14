// A parent and a teacher of the demo school in one call. two_people.mjs DEMO.json URL
import { readFileSync } from 'node:fs';
import { Person } from '../e2e/person.mjs';
import { launchChromium } from '../support/browsers.mjs';

const [file, url] = process.argv.slice(2);
const demo = JSON.parse(readFileSync(file, 'utf8'));
const browser = await launchChromium();

async function sitDown(name) {
  const { link } = demo.personas.find((persona) => persona.name === name);
  const person = await Person.arrive(browser, name, link.replace(demo.url, url));
  await person.openCall();
  await person.join();
  await person.seated();
  return person;
}

const people = [await sitDown('Alex Morgan'), await sitDown('Priya Shah')];
await Promise.all(people.map((person) => person.seesAndHears(1)));
console.log('both see and hear each other');
await browser.close();
