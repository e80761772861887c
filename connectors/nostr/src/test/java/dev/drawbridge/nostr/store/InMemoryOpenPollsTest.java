package dev.drawbridge.nostr.store;

class InMemoryOpenPollsTest extends OpenPollsContract {
    private final OpenPolls polls = new InMemoryOpenPolls();

    @Override
    OpenPolls polls() {
        return polls;
    }
}
