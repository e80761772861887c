package dev.drawbridge.nostr.store;

class InMemoryLatestListsTest extends LatestListsContract {
    private final LatestLists lists = new InMemoryLatestLists();

    @Override
    LatestLists lists() {
        return lists;
    }
}
