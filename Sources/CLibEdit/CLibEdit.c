// glibc declares wcwidth for those only who ask for more than C.
#define _GNU_SOURCE

#include "CLibEdit.h"

#include <dlfcn.h>
#include <stdio.h>

// One line a function of the library: found by name once, called by its own type.
#define FUNCTIONS(each) \
  each(el_init) each(el_end) each(el_set) each(el_get) each(el_wset) each(el_wget) each(el_wgets) \
  each(el_wline) each(el_deletestr) each(el_winsertstr) each(el_cursor) each(el_wpush) \
  each(el_source) each(el_resize) each(history_winit) each(history_wend) each(history_w)

static struct {
#define DECLARE(name) __typeof__(&name) name;
  FUNCTIONS(DECLARE)
} libedit;

// From the library of terminals that libedit itself is built on, which is found behind it.
static int (*find_terminal)(char *, const char *);
static char *(*find_capability)(const char *, char **);

static int load(void) {
  static const char *const names[] = {
      "libedit.so.2", "libedit.so.0", "libedit.so", "libedit.3.dylib", "libedit.dylib"};
  void *library = NULL;
  for (unsigned i = 0; library == NULL && i < sizeof names / sizeof *names; i++)
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
  int found = 1;
#define FIND(name) found &= (libedit.name = (__typeof__(&name))dlsym(library, #name)) != NULL;
  FUNCTIONS(FIND)
  find_terminal = (int (*)(char *, const char *))dlsym(library, "tgetent");
  find_capability = (char *(*)(const char *, char **))dlsym(library, "tgetstr");
  return found;
}

int libedit_can_move_cursor(const char *terminal) {
  if (libedit.el_init == NULL && !load()) return 1;
  if (find_terminal == NULL || find_capability == NULL) return 1;
  char entry[4096], strings[4096], *end = strings;
  if (find_terminal(entry, terminal) != 1) return 0;
  return find_capability("up", &end) != NULL && find_capability("ce", &end) != NULL;
}

EditLine *libedit_open(const char *program) {
  if (libedit.el_init == NULL && !load()) return NULL;
  return libedit.el_init(program, stdin, stdout, stderr);
}

void libedit_close(EditLine *editor) { libedit.el_end(editor); }

HistoryW *libedit_history_open(void) { return libedit.history_winit(); }

void libedit_history_close(HistoryW *history) { libedit.history_wend(history); }

const wchar_t *libedit_read(EditLine *editor, int *count) { return libedit.el_wgets(editor, count); }

const LineInfoW *libedit_line(EditLine *editor) { return libedit.el_wline(editor); }

void libedit_delete_before_cursor(EditLine *editor, int count) {
  libedit.el_deletestr(editor, count);
}

int libedit_insert(EditLine *editor, const wchar_t *text) {
  return libedit.el_winsertstr(editor, text);
}

int libedit_move_cursor(EditLine *editor, int columns) {
  return libedit.el_cursor(editor, columns);
}

void libedit_push(EditLine *editor, const wchar_t *text) { libedit.el_wpush(editor, text); }

int libedit_source(EditLine *editor, const char *path) { return libedit.el_source(editor, path); }

void libedit_resize(EditLine *editor) { libedit.el_resize(editor); }

void libedit_set_client_data(EditLine *editor, void *data) {
  libedit.el_wset(editor, EL_CLIENTDATA, data);
}

void *libedit_client_data(EditLine *editor) {
  void *data = NULL;
  libedit.el_wget(editor, EL_CLIENTDATA, &data);
  return data;
}

int libedit_set_prompt(EditLine *editor, libedit_prompt_function prompt, wchar_t quote) {
  return libedit.el_wset(editor, EL_PROMPT_ESC, prompt, quote);
}

int libedit_set_reader(EditLine *editor, libedit_read_function read) {
  return libedit.el_wset(editor, EL_GETCFN, read);
}

int libedit_set_editor(EditLine *editor, const char *name) {
  return libedit.el_set(editor, EL_EDITOR, name);
}

const char *libedit_editor(EditLine *editor) {
  const char *name = "emacs";
  libedit.el_get(editor, EL_EDITOR, &name);
  return name;
}

int libedit_add_function(
    EditLine *editor, const char *name, const char *help, libedit_key_function function) {
  return libedit.el_set(editor, EL_ADDFN, name, help, function);
}

int libedit_bind(EditLine *editor, const char *key, const char *function) {
  return libedit.el_set(editor, EL_BIND, key, function, NULL);
}

int libedit_bind_in_command_mode(EditLine *editor, const char *key, const char *function) {
  return libedit.el_set(editor, EL_BIND, "-a", key, function, NULL);
}

int libedit_set_editing_terminal(EditLine *editor, const char *setting) {
  return libedit.el_set(editor, EL_SETTY, "-d", setting, NULL);
}

int libedit_set_running_terminal(EditLine *editor, const char *setting) {
  return libedit.el_set(editor, EL_SETTY, "-x", setting, NULL);
}

int libedit_prepare_terminal(EditLine *editor, int editing) {
  return libedit.el_wset(editor, EL_PREP_TERM, editing);
}

int libedit_refresh(EditLine *editor) {
  return libedit.el_wset(editor, EL_REFRESH);
}

int libedit_set_history(EditLine *editor, HistoryW *history) {
  return libedit.el_wset(editor, EL_HIST, libedit.history_w, history);
}

int libedit_history_set_size(HistoryW *history, int size) {
  HistEventW event;
  return libedit.history_w(history, &event, H_SETSIZE, size);
}

int libedit_history_set_unique(HistoryW *history, int unique) {
  HistEventW event;
  return libedit.history_w(history, &event, H_SETUNIQUE, unique);
}

int libedit_history_enter(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  return libedit.history_w(history, &event, H_ENTER, entry);
}

int libedit_width(wchar_t character) {
  return wcwidth(character);
}
