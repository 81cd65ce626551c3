const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonMeasure {
  /** Levels of the deepest value; a scalar alone has none. */
  depth: number;
  /** Bytes of the largest object that stands in a list that stands in the outermost object, and which of its list it is. */
  largest: number;
  largestAt: number;
}

/**
 * How deep a JSON document is nested and how large the events of a batch are, in one pass over its bytes and without making anything.
 *
 * @param json - valid JSON; what is measured of anything else means nothing.
 */
export function measureJson(json: Uint8Array): JsonMeasure {
  let [depth, deepest, largest, largestAt] = [0, 0, 0, -1];
  // Of the list at the second level, while in one: where its current object began, and how many came before it.
  let [inList, began, index] = [false, 0, -1];
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === QUOTE) {
      while (++i < json.length && json[i] !== QUOTE) if (json[i] === BACKSLASH) i++;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (depth === 1) {
        inList = byte === OPEN_LIST;
        index = -1;
      } else if (depth === 2 && inList) {
        began = i;
        index++;
      }
      if (++depth > deepest) deepest = depth;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--;
      if (depth === 2 && inList && byte === CLOSE_OBJECT && i + 1 - began > largest) {
        largest = i + 1 - began;
        largestAt = index;
      }
    }
  }
  return { depth: deepest, largest, largestAt };
}
