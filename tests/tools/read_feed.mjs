// What feedsmith, the reader of many programs written for Node, makes of the feed in a file.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

process.stdout.write(JSON.stringify(parseFeed(readFileSync(process.argv[2], "utf8"))));
