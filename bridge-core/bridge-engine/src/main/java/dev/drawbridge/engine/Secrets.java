package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Private keys that people paste into what they say: nothing that holds one is stored or carried, wherever
/// in it that stands, and its author hears why. Of what was said nothing is kept but that.
final class Secrets {
    private static final String MARK = "secret-seen";
    private static final Duration REMEMBERED = Duration.ofDays(3);

    private final Ports ports;
    private final Letters letters;

    Secrets(Ports ports, Letters letters) {
        this.ports = ports;
        this.letters = letters;
    }

    /// Whether what somebody says holds a private key, as their network wrote it.
    static boolean in(NativeEvent event) {
        return PrivateKeys.in(event.body().text());
    }

    /// What may be shown of a profile: of one with a key in it nothing that its owner wrote.
    static Profile without(Profile profile) {
        if (!PrivateKeys.in(profile.toString())) {
            return profile;
        }
        return profile.toBuilder()
                .handle(PrivateKeys.in(profile.handle()) ? "" : profile.handle())
                .displayName("")
                .bio(RichText.EMPTY)
                .url(Optional.empty())
                .avatar(Optional.empty())
                .header(Optional.empty())
                .fields(List.of())
                .emoji(List.of())
                .aliases(List.of())
                .build();
    }

    /// Whether an event says something, so that it is not stored with a key in it. What ends or takes
    /// something back, and a profile, which may refuse, is always heard.
    static boolean says(NativeEvent.Kind kind) {
        return switch (kind) {
            case POST, EDIT, REACTION, REPOST, REPORT, REQUEST, OTHER -> true;
            case COMMAND, FOLLOW, UNFOLLOW, FOLLOW_ANSWER, BLOCK, DELETE, DELETE_ACCOUNT, MOVE, PROFILE -> false;
        };
    }

    /// That somebody said one, as an event that no network can write.
    static NativeEvent seen(NativeEvent event) {
        NativeId person = event.author();
        String name = "#secret-" + Sha256.hex(event.id().key());
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK,
                event.receivedAt());
    }

    /// Whether it is the body of such an event.
    static boolean isSeen(String body) {
        return body.equals(MARK);
    }

    /// Tells somebody who is carried, once a day.
    List<Delivery> told(NativeEvent event) {
        NativeId person = event.author();
        Instant now = event.receivedAt();
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        return ports.consents().of(person).stream()
                .filter(Consent::given)
                .findFirst()
                .map(said -> letters.must(
                        new Letters.Occasion(person, said.target(), event.id(), now, now),
                        Notice.of(NoticeKey.PRIVATE_KEY),
                        day,
                        now.plus(REMEMBERED)))
                .orElseGet(List::of);
    }
}
