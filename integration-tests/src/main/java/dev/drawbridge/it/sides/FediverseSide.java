package dev.drawbridge.it.sides;

import dev.drawbridge.it.peers.FedifyPeer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// ActivityPub: a server on Fedify. What is here is what its inbox took.
public final class FediverseSide implements Side, Correspondence {
    private static final Pattern TAGS = Pattern.compile("<[^>]*>");
    private static final Pattern BREAKS = Pattern.compile("<br\\s*/?>|</p>\\s*<p>");
    private static final Pattern HREF = Pattern.compile("<a\\b[^>]*\\bhref=\"([^\"]*)\"");

    private final FedifyPeer peer;
    private final URI bridge;
    private final Map<String, FedifyPeer.Sent> follows = new ConcurrentHashMap<>();

    /// @param bridge where the instance is
    public FediverseSide(FedifyPeer peer, URI bridge) {
        this.peer = peer;
        this.bridge = bridge;
    }

    /// The server itself, for what is no story of people.
    public FedifyPeer peer() {
        return peer;
    }

    @Override
    public String network() {
        return "activitypub";
    }

    @Override
    public Person join(String name) {
        peer.join(name);
        return new Person(network(), name, peer.actor(name), peer.handle(name));
    }

    @Override
    public Optional<Words.Named> bot(String target) {
        return find(target);
    }

    @Override
    public Optional<Words.Named> ghost(Person origin) {
        return find(origin.handle());
    }

    @Override
    public void follow(Person person, String whom) {
        follows.put(person.name() + ' ' + whom, peer.follow(person.name(), whom));
    }

    @Override
    public void unfollow(Person person, String whom) {
        peer.unfollow(
                person.name(),
                whom,
                Optional.ofNullable(follows.remove(person.name() + ' ' + whom)).orElseThrow());
    }

    @Override
    public String publish(Person person, Words words) {
        return publish(person, words, Optional.empty());
    }

    @Override
    public String reply(Person person, String parent, Words words) {
        return publish(person, words, Optional.of(parent));
    }

    @Override
    public void delete(Person person, String post) {
        peer.delete(person.name(), post);
    }

    @Override
    public List<Sighting> posts(String author) {
        Set<String> deleted = deletedObjects(author);
        var notes = new LinkedHashMap<String, Sighting>();
        for (JsonNode create : peer.received("Create")) {
            JsonNode note = create.path("object");
            String id = note.path("id").asString();
            if (create.path("actor").asString().equals(author) && !deleted.contains(id)) {
                notes.put(id, sighting(note));
            }
        }
        return List.copyOf(notes.values());
    }

    @Override
    public boolean deleted(String author, String post) {
        return deletedObjects(author).contains(post) && isGone(post);
    }

    @Override
    public boolean follows(String follower, String followed) {
        String name = followed.substring(followed.lastIndexOf('/') + 1);
        return peer.followers(name).contains(follower);
    }

    @Override
    public boolean gone(String account) {
        return isGone(account);
    }

    @Override
    public void takesLettersHere(Person person) {
        // everybody does
    }

    public void block(Person person, String whom) {
        peer.send(person.name(), Map.of("type", "Block", "object", whom));
    }

    /// Answers in public whoever wrote a note, as servers bring answers to those who are answered.
    ///
    /// @param author who wrote it
    public void answer(Person person, String parent, String author, Words words) {
        peer.publish(
                person.name(),
                new FedifyPeer.Note(
                        "<p>" + words.text() + "</p>",
                        Map.of(author, "@answered"),
                        List.of(),
                        Optional.of(parent),
                        Optional.of(author)));
    }

    /// Writes a note that is for one actor alone.
    @Override
    public void tell(Person person, String actor, String text) {
        peer.send(
                person.name(),
                Map.of(
                        "type",
                        "Create",
                        "content",
                        "<p><span class=\"h-card\"><a href=\"%s\" class=\"u-url mention\">@<span>bot</span></a></span> %s</p>"
                                .formatted(actor, text),
                        "mentions",
                        List.of(Map.of("href", actor, "name", "@bot")),
                        "to",
                        List.of(actor),
                        "cc",
                        List.of(),
                        "recipient",
                        actor));
    }

    /// What an actor wrote to one person and nobody else, in order.
    @Override
    public List<String> letters(Person person, String actor) {
        return peer.received("Create").stream()
                .filter(create -> create.path("actor").asString().equals(actor))
                .map(create -> create.path("object"))
                .filter(note -> values(note.path("to")).stream()
                                .map(JsonNode::asString)
                                .toList()
                                .equals(List.of(person.id()))
                        && values(note.path("cc")).isEmpty())
                .map(note -> sighting(note).text())
                .toList();
    }

    @Override
    public void close() {
        peer.close();
    }

    private boolean isGone(String uri) {
        int status = peer.fetch(FedifyPeer.INSTANCE, uri).status();
        return status == 410 || status == 404;
    }

    private Optional<Words.Named> find(String handle) {
        // WebFinger names people of other networks by a username of this one; an @ inside a handle becomes a dot
        String bare = handle.startsWith("@") ? handle.substring(1) : handle;
        String account = bare.replace('@', '.') + '@' + bridge.getAuthority();
        return peer.webFinger(account, bridge.getAuthority()).map(id -> new Words.Named(id, '@' + account));
    }

    private String publish(Person person, Words words, Optional<String> inReplyTo) {
        var html = new StringBuilder("<p>").append(words.text());
        words.mention()
                .ifPresent(
                        m -> html.append(" <span class=\"h-card\"><a href=\"%s\" class=\"u-url mention\">%s</a></span>"
                                .formatted(m.id(), m.handle())));
        words.link()
                .ifPresent(l -> html.append(" <a href=\"%s\" rel=\"nofollow noopener\">%s</a>"
                        .formatted(l, l.replaceFirst("https?://", ""))));
        words.hashtag()
                .ifPresent(t ->
                        html.append(" <a href=\"%s/tags/%s\" class=\"mention hashtag\" rel=\"tag\">#<span>%s</span></a>"
                                .formatted(peer.origin(), t, t)));
        var note = new FedifyPeer.Note(
                html.append("</p>").toString(),
                words.mention().map(m -> Map.of(m.id(), m.handle())).orElse(Map.of()),
                words.hashtag().map(List::of).orElse(List.of()),
                inReplyTo,
                Optional.empty());
        return peer.publish(person.name(), note).object().orElseThrow();
    }

    private Set<String> deletedObjects(String author) {
        return peer.received("Delete").stream()
                .filter(d -> d.path("actor").asString().equals(author))
                .map(d -> d.path("object"))
                .map(o -> o.isString() ? o.asString() : o.path("id").asString())
                .collect(Collectors.toSet());
    }

    private static Sighting sighting(JsonNode note) {
        String html = note.path("content").asString();
        List<JsonNode> tags = values(note.path("tag"));
        return new Sighting(
                note.path("id").asString(),
                note.path("attributedTo").asString(),
                TAGS.matcher(BREAKS.matcher(html).replaceAll("\n"))
                        .replaceAll("")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .strip(),
                Optional.ofNullable(note.get("inReplyTo"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString),
                tags.stream()
                        .filter(t -> t.path("type").asString().equals("Mention"))
                        .map(t -> t.path("href").asString())
                        .collect(Collectors.toSet()),
                HREF.matcher(html).results().map(m -> m.group(1)).collect(Collectors.toSet()),
                tags.stream()
                        .filter(t -> t.path("type").asString().equals("Hashtag"))
                        .map(t -> t.path("name").asString().substring(1).toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.toSet()),
                values(note.path("url")).stream()
                        .filter(l -> l.path("rel").asString("").equals("canonical"))
                        .map(l -> l.path("href").asString())
                        .findFirst());
    }

    private static List<JsonNode> values(JsonNode oneOrMany) {
        return oneOrMany.isArray()
                ? oneOrMany.valueStream().toList()
                : oneOrMany.isMissingNode() ? List.of() : List.of(oneOrMany);
    }
}
