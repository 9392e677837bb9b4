// glibc declares wcwidth for those only who ask for more than C.
#define _GNU_SOURCE

#include "CLibEdit.h"

#include <stdio.h>

EditLine *libedit_open(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

void libedit_set_client_data(EditLine *editor, void *data) {
  el_wset(editor, EL_CLIENTDATA, data);
}

void *libedit_client_data(EditLine *editor) {
  void *data = NULL;
  el_wget(editor, EL_CLIENTDATA, &data);
  return data;
}

int libedit_set_prompt(EditLine *editor, libedit_prompt_function prompt, wchar_t quote) {
  return el_wset(editor, EL_PROMPT_ESC, prompt, quote);
}

int libedit_set_reader(EditLine *editor, libedit_read_function read) {
  return el_wset(editor, EL_GETCFN, read);
}

int libedit_set_editor(EditLine *editor, const char *name) {
  return el_set(editor, EL_EDITOR, name);
}

int libedit_add_function(
    EditLine *editor, const char *name, const char *help, libedit_key_function function) {
  return el_set(editor, EL_ADDFN, name, help, function);
}

int libedit_bind(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, key, function, NULL);
}

int libedit_bind_in_command_mode(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, "-a", key, function, NULL);
}

int libedit_set_signals(EditLine *editor, int handled) {
  return el_wset(editor, EL_SIGNAL, handled);
}

int libedit_set_editing_terminal(EditLine *editor, const char *setting) {
  return el_set(editor, EL_SETTY, "-d", setting, NULL);
}

int libedit_prepare_terminal(EditLine *editor, int editing) {
  return el_wset(editor, EL_PREP_TERM, editing);
}

int libedit_refresh(EditLine *editor) {
  return el_wset(editor, EL_REFRESH);
}

int libedit_set_history(EditLine *editor, HistoryW *history) {
  return el_wset(editor, EL_HIST, history_w, history);
}

int libedit_history_set_size(HistoryW *history, int size) {
  HistEventW event;
  return history_w(history, &event, H_SETSIZE, size);
}

int libedit_history_set_unique(HistoryW *history, int unique) {
  HistEventW event;
  return history_w(history, &event, H_SETUNIQUE, unique);
}

int libedit_history_enter(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  return history_w(history, &event, H_ENTER, entry);
}

int libedit_width(wchar_t character) {
  return wcwidth(character);
}
