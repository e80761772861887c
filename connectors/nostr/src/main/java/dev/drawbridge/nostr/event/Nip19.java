package dev.drawbridge.nostr.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The identifiers people see and paste ([NIP-19](https://nips.nostr.com/19)). For display and links only; never for
/// events or filters. Private keys (`nsec`) are refused: they have no business here.
public final class Nip19 {
    /// What an identifier means.
    public sealed interface Entity {}

    public record Npub(PublicKey key) implements Entity {}

    public record Note(EventId id) implements Entity {}

    /// @param relays where the person may be found; may be empty
    public record Nprofile(PublicKey key, List<String> relays) implements Entity {
        public Nprofile {
            relays = List.copyOf(relays);
        }
    }

    public record Nevent(EventId id, List<String> relays, Optional<PublicKey> author, Optional<Integer> kind)
            implements Entity {
        public Nevent {
            relays = List.copyOf(relays);
        }
    }

    /// @param identifier the `d` tag; empty for replaceable events that have none
    public record Naddr(String identifier, List<String> relays, PublicKey author, int kind) implements Entity {
        public Naddr {
            relays = List.copyOf(relays);
        }
    }

    private static final int SPECIAL = 0;
    private static final int RELAY = 1;
    private static final int AUTHOR = 2;
    private static final int KIND = 3;
    private static final int LONGEST_VALUE = 255;

    private record Tlv(int type, byte[] value) {}

    private Nip19() {}

    /// @throws IllegalArgumentException if a relay or identifier is longer than 255 bytes
    public static String encode(Entity entity) {
        return switch (entity) {
            case Npub e -> Bech32.encode("npub", e.key().bytes());
            case Note e -> Bech32.encode("note", e.id().bytes());
            case Nprofile e ->
                Bech32.encode("nprofile", bytes(special(e.key().bytes()), relays(e.relays()), List.of()));
            case Nevent e -> {
                List<Tlv> rest = new ArrayList<>();
                e.author().ifPresent(a -> rest.add(new Tlv(AUTHOR, a.bytes())));
                e.kind().ifPresent(k -> rest.add(kind(k)));
                yield Bech32.encode("nevent", bytes(special(e.id().bytes()), relays(e.relays()), rest));
            }
            case Naddr e ->
                Bech32.encode(
                        "naddr",
                        bytes(
                                special(e.identifier().getBytes(StandardCharsets.UTF_8)),
                                relays(e.relays()),
                                List.of(new Tlv(AUTHOR, e.author().bytes()), kind(e.kind()))));
        };
    }

    /// Reads an identifier without a `nostr:` in front. Empty for anything that is none, and for private keys.
    public static Optional<Entity> decode(String text) {
        return Bech32.decode(text).flatMap(Nip19::entity);
    }

    private static Optional<Entity> entity(Bech32.Decoded decoded) {
        byte[] data = decoded.data();
        return switch (decoded.prefix()) {
            case "npub" -> key(data).map(Npub::new);
            case "note" -> id(data).map(Note::new);
            case "nprofile" ->
                tlvs(data).flatMap(t -> first(t, SPECIAL).flatMap(Nip19::key).map(k -> new Nprofile(k, relayUrls(t))));
            case "nevent" ->
                tlvs(data)
                        .flatMap(t -> first(t, SPECIAL)
                                .flatMap(Nip19::id)
                                .map(id -> new Nevent(
                                        id, relayUrls(t), first(t, AUTHOR).flatMap(Nip19::key), kindOf(t))));
            case "naddr" -> tlvs(data).flatMap(Nip19::naddr);
            default -> Optional.empty();
        };
    }

    private static Optional<Entity> naddr(List<Tlv> tlvs) {
        Optional<byte[]> identifier = first(tlvs, SPECIAL);
        Optional<PublicKey> author = first(tlvs, AUTHOR).flatMap(Nip19::key);
        Optional<Integer> kind = kindOf(tlvs);
        if (identifier.isEmpty() || author.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        String d = new String(identifier.get(), StandardCharsets.UTF_8);
        return Optional.of(new Naddr(d, relayUrls(tlvs), author.get(), kind.get()));
    }

    private static Optional<PublicKey> key(byte[] data) {
        return data.length == 32 ? Optional.of(new PublicKey(Hex.of(data))) : Optional.empty();
    }

    private static Optional<EventId> id(byte[] data) {
        return data.length == 32 ? Optional.of(EventId.of(data)) : Optional.empty();
    }

    private static Optional<List<Tlv>> tlvs(byte[] data) {
        List<Tlv> tlvs = new ArrayList<>();
        int at = 0;
        while (at < data.length) {
            int end = at + 2 > data.length ? -1 : at + 2 + (data[at + 1] & 0xff);
            if (end < 0 || end > data.length) {
                return Optional.empty();
            }
            tlvs.add(new Tlv(data[at] & 0xff, Arrays.copyOfRange(data, at + 2, end)));
            at = end;
        }
        return Optional.of(tlvs);
    }

    private static Optional<byte[]> first(List<Tlv> tlvs, int type) {
        return tlvs.stream().filter(t -> t.type() == type).map(Tlv::value).findFirst();
    }

    private static List<String> relayUrls(List<Tlv> tlvs) {
        return tlvs.stream()
                .filter(t -> t.type() == RELAY)
                .map(t -> new String(t.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Optional<Integer> kindOf(List<Tlv> tlvs) {
        return first(tlvs, KIND)
                .filter(v -> v.length == 4)
                .map(v -> ByteBuffer.wrap(v).getInt())
                .filter(Kind::isValid);
    }

    private static Tlv special(byte[] value) {
        return new Tlv(SPECIAL, value);
    }

    private static List<Tlv> relays(List<String> urls) {
        return urls.stream()
                .map(u -> new Tlv(RELAY, u.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static Tlv kind(int kind) {
        return new Tlv(KIND, ByteBuffer.allocate(4).putInt(kind).array());
    }

    private static byte[] bytes(Tlv special, List<Tlv> relays, List<Tlv> rest) {
        var out = new java.io.ByteArrayOutputStream();
        List<Tlv> all = new ArrayList<>(List.of(special));
        all.addAll(relays);
        all.addAll(rest);
        for (Tlv tlv : all) {
            if (tlv.value().length > LONGEST_VALUE) {
                throw new IllegalArgumentException("longer than 255 bytes: " + tlv.value().length);
            }
            out.write(tlv.type());
            out.write(tlv.value().length);
            out.writeBytes(tlv.value());
        }
        return out.toByteArray();
    }
}
