// A test that expects nothing passes whatever happens: such a test fails.
beforeEach(() => {
  expect.hasAssertions();
});
