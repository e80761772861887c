package dev.drawbridge.it.browser;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.List;

/// Somebody who means no harm, with a name that pages are rarely tried with.
///
/// @param handle `@user@host`
record Speaker(NativeId id, String handle, String name) {
    private static final int LONG = 200;

    /// From right to left, also with numbers and brackets; without a place to break; with marks one above the other;
    /// and
    /// with joiners and what is not seen.
    static List<Speaker> all() {
        return List.of(
                speaker(
                        "1",
                        "@\u0632\u0647\u0631\u0627\u0621@social.example",
                        filled("\u0632\u0647\u0631\u0627\u0621 (42) ")),
                speaker(
                        "2",
                        "@\u05e9\u05dc\u05d5\u05dd@xn--4db.example",
                        "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd 1, 2 !\u200f"),
                speaker(
                        "3",
                        "@" + filled("donaudampfschifffahrt").strip() + "@social.example",
                        filled("Rindfleischetikettierungs")),
                speaker(
                        "4",
                        "@zalgo@social.example",
                        filled("Z\u0335\u0322\u0489\u0351\u0352\u0357\u035b\u0363\u0364\u0365\u0366\u0e47\u0e47")),
                speaker(
                        "5",
                        "@nobody@social.example",
                        filled("\u200d\u2060\ufe0f\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u3164\u115f")));
    }

    private static Speaker speaker(String path, String handle, String name) {
        return new Speaker(new NativeId(Network.ACTIVITYPUB, "https://social.example/speakers/" + path), handle, name);
    }

    /// The same word again, until it is a name of 200 characters.
    private static String filled(String word) {
        return word.repeat(LONG / word.length() + 1).substring(0, LONG);
    }
}
