package dev.drawbridge.model;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a person shows of themselves. Made with a [Builder].
///
/// @param actor the person
/// @param handle the handle as people on their network write it (`@user@host`, a NIP-05 name or npub, a domain)
/// @param displayName the name shown; may be empty
/// @param bio the self-description
/// @param url the profile page in a browser
/// @param avatar address of the picture
/// @param automated whether the owner says this is a bot
/// @param locked whether followers need the owner's approval
/// @param refusesBridging whether the profile carries an explicit refusal (`bridgeable: false`, …); `#nobridge` in the
/// name, the self-description or a fact is always one, and so it is in what is said beside them
/// ([Builder#alsoSaying])
/// @param header address of the wide picture behind the profile
/// @param fields short facts about the person, in their order
/// @param pins posts the person put first, if the profile says so: an empty list says that there are none, an absent
/// one
/// says nothing
/// @param emoji the pictures that stand where name, bio or fields say `:shortcode:`
/// @param signals what else it says about being carried elsewhere; `#nobot` in its words is always among it
/// @param movedTo where the account went, if it went
/// @param aliases other ids the person says are theirs, of any network: http, `did:`, `nostr:`
/// @param since when the account was made, where the source says so
public record Profile(
        NativeId actor,
        String handle,
        String displayName,
        RichText bio,
        Optional<URI> url,
        Optional<URI> avatar,
        boolean automated,
        boolean locked,
        boolean refusesBridging,
        Optional<URI> header,
        List<Field> fields,
        Optional<List<NativeId>> pins,
        List<CustomEmoji> emoji,
        Set<ConsentSignal> signals,
        Optional<NativeId> movedTo,
        List<URI> aliases,
        Optional<Instant> since) {
    public Profile {
        fields = List.copyOf(fields);
        pins = pins.map(List::copyOf);
        emoji = List.copyOf(emoji);
        aliases = List.copyOf(aliases);
        refusesBridging |= ConsentWords.refuseBridging(words(displayName, bio, fields));
        Set<ConsentSignal> all = new TreeSet<>(signals);
        if (ConsentWords.refuseBots(words(displayName, bio, fields))) {
            all.add(ConsentSignal.NO_BOTS);
        }
        signals = Collections.unmodifiableSet(all);
    }

    /// Whatever somebody wrote of themselves.
    private static Stream<String> words(String displayName, RichText bio, List<Field> fields) {
        return Stream.concat(
                Stream.of(displayName, bio.text()),
                fields.stream()
                        .flatMap(field -> Stream.of(field.name(), field.value().text())));
    }

    /// A fact in a table: `Pronouns`, `they`.
    public record Field(String name, RichText value) {}

    /// A profile of which only the identity is known.
    public static Profile bare(NativeId actor, String handle) {
        return builder(actor, handle).build();
    }

    /// Starts with what every one has; the rest is empty until it is set.
    public static Builder builder(NativeId actor, String handle) {
        return new Builder(actor, handle);
    }

    /// Starts with everything this one has.
    public Builder toBuilder() {
        return builder(actor, handle)
                .displayName(displayName)
                .bio(bio)
                .url(url)
                .avatar(avatar)
                .automated(automated)
                .locked(locked)
                .refusesBridging(refusesBridging)
                .header(header)
                .fields(fields)
                .pins(pins)
                .emoji(emoji)
                .signals(signals)
                .movedTo(movedTo)
                .aliases(aliases)
                .since(since);
    }

    /// Not thread-safe; what it built does not change with it.
    public static final class Builder {
        private NativeId actor;
        private String handle;
        private String displayName = "";
        private RichText bio = RichText.EMPTY;
        private Optional<URI> url = Optional.empty();
        private Optional<URI> avatar = Optional.empty();
        private boolean automated = false;
        private boolean locked = false;
        private boolean refusesBridging = false;
        private Optional<URI> header = Optional.empty();
        private List<Field> fields = List.of();
        private Optional<List<NativeId>> pins = Optional.empty();
        private List<CustomEmoji> emoji = List.of();
        private Set<ConsentSignal> signals = Set.of();
        private Optional<NativeId> movedTo = Optional.empty();
        private List<URI> aliases = List.of();
        private Optional<Instant> since = Optional.empty();
        private List<String> unshown = List.of();

        private Builder(NativeId actor, String handle) {
            this.actor = actor;
            this.handle = handle;
        }

        public Builder actor(NativeId actor) {
            this.actor = actor;
            return this;
        }

        public Builder handle(String handle) {
            this.handle = handle;
            return this;
        }

        public Builder displayName(String displayName) {
            this.displayName = displayName;
            return this;
        }

        public Builder bio(RichText bio) {
            this.bio = bio;
            return this;
        }

        public Builder url(Optional<URI> url) {
            this.url = url;
            return this;
        }

        public Builder avatar(Optional<URI> avatar) {
            this.avatar = avatar;
            return this;
        }

        public Builder automated(boolean automated) {
            this.automated = automated;
            return this;
        }

        public Builder locked(boolean locked) {
            this.locked = locked;
            return this;
        }

        public Builder refusesBridging(boolean refusesBridging) {
            this.refusesBridging = refusesBridging;
            return this;
        }

        public Builder header(Optional<URI> header) {
            this.header = header;
            return this;
        }

        public Builder fields(List<Field> fields) {
            this.fields = fields;
            return this;
        }

        public Builder pins(Optional<List<NativeId>> pins) {
            this.pins = pins;
            return this;
        }

        public Builder emoji(List<CustomEmoji> emoji) {
            this.emoji = emoji;
            return this;
        }

        public Builder signals(Set<ConsentSignal> signals) {
            this.signals = signals;
            return this;
        }

        public Builder movedTo(Optional<NativeId> movedTo) {
            this.movedTo = movedTo;
            return this;
        }

        public Builder aliases(List<URI> aliases) {
            this.aliases = aliases;
            return this;
        }

        public Builder since(Optional<Instant> since) {
            this.since = since;
            return this;
        }

        /// What its owner wrote into it besides, which nobody is shown: only its hashtags against bridges and bots
        /// count.
        public Builder alsoSaying(List<String> texts) {
            this.unshown = List.copyOf(texts);
            return this;
        }

        public Profile build() {
            Set<ConsentSignal> all = new TreeSet<>(signals);
            if (ConsentWords.refuseBots(unshown.stream())) {
                all.add(ConsentSignal.NO_BOTS);
            }
            return new Profile(
                    actor,
                    handle,
                    displayName,
                    bio,
                    url,
                    avatar,
                    automated,
                    locked,
                    refusesBridging || ConsentWords.refuseBridging(unshown.stream()),
                    header,
                    fields,
                    pins,
                    emoji,
                    all,
                    movedTo,
                    aliases,
                    since);
        }
    }
}
