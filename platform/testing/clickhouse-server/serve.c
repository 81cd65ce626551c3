// Loads ClickHouse's library (first argument) and runs its command line with the rest.
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

// The test holds the other end of descriptor 3, so the server ends with it, however that ends.
static void *end_with_the_test(void *nothing) {
  char byte;
  while (read(3, &byte, 1) > 0) {}
  _exit(0);
  return nothing;
}

int main(int count, char **arguments) {
  pthread_t thread;
  pthread_create(&thread, NULL, end_with_the_test, NULL);
  void *library = dlopen(arguments[1], RTLD_NOW);
  void *(*command_line)(int, char **) = library ? (void *(*)(int, char **))dlsym(library, "chdb_query_cmdline") : NULL;
  if (!command_line) return fprintf(stderr, "%s\n", dlerror()), 1;
  command_line(count - 1, arguments + 1);
  return 1;
}
