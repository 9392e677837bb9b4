/// libedit for Swift: typed forms of its calls, several of which it declares with "...", which
/// Swift cannot make.
///
/// The library is loaded when the first editor is opened. A program that only computes would
/// otherwise spend a tenth of its time on loading it and the three libraries behind it.

#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <histedit.h>
#include <wchar.h>

typedef wchar_t *(*libedit_prompt_function)(EditLine *editor);
typedef int (*libedit_read_function)(EditLine *editor, wchar_t *character);
typedef unsigned char (*libedit_key_function)(EditLine *editor, int key);

/// An editor on the standard streams; NULL when there is no libedit or no memory.
EditLine *libedit_open(const char *program);

/// Whether a kind of terminal is known and can move its cursor up; 1 also when nobody can tell.
int libedit_can_move_cursor(const char *terminal);

/// The pointer that callbacks get their owner back from.
void libedit_set_client_data(EditLine *editor, void *data);
void *libedit_client_data(EditLine *editor);

/// The text before the line; what stands between two `quote` characters takes no columns.
int libedit_set_prompt(EditLine *editor, libedit_prompt_function prompt, wchar_t quote);

/// Where characters come from: 1 for a character, 0 at the end, -1 with errno for a failure.
int libedit_set_reader(EditLine *editor, libedit_read_function read);

/// The keys to start from: "emacs" or "vi".
int libedit_set_editor(EditLine *editor, const char *name);
const char *libedit_editor(EditLine *editor);
int libedit_add_function(
    EditLine *editor, const char *name, const char *help, libedit_key_function function);
int libedit_bind(EditLine *editor, const char *key, const char *function);

/// Binds a key in the command mode of vi.
int libedit_bind_in_command_mode(EditLine *editor, const char *key, const char *function);

/// One setting of the terminal, as "-isig", for as long as a line is edited.
int libedit_set_editing_terminal(EditLine *editor, const char *setting);

/// One setting of the terminal for as long as no line is edited.
int libedit_set_running_terminal(EditLine *editor, const char *setting);

/// Puts the terminal into the state for editing (1) or back into the one before it (0).
int libedit_prepare_terminal(EditLine *editor, int editing);

/// Draws prompt and line anew, starting where the cursor is.
int libedit_refresh(EditLine *editor);

int libedit_set_history(EditLine *editor, HistoryW *history);
int libedit_history_set_size(HistoryW *history, int size);

/// Whether an entry that equals the one before it is left out.
int libedit_history_set_unique(HistoryW *history, int unique);
int libedit_history_enter(HistoryW *history, const wchar_t *entry);

HistoryW *libedit_history_open(void);
void libedit_history_close(HistoryW *history);
void libedit_close(EditLine *editor);

/// Reads a line; NULL at the end of input, with a count of -1 after an interruption.
const wchar_t *libedit_read(EditLine *editor, int *count);

/// The line as it stands while it is edited.
const LineInfoW *libedit_line(EditLine *editor);
void libedit_delete_before_cursor(EditLine *editor, int count);
int libedit_insert(EditLine *editor, const wchar_t *text);
int libedit_move_cursor(EditLine *editor, int columns);

/// Makes the editor read a text as if it were typed.
void libedit_push(EditLine *editor, const wchar_t *text);
int libedit_source(EditLine *editor, const char *path);
void libedit_resize(EditLine *editor);

/// The columns a character takes in libedit's reckoning, the system's; -1 where it has none.
int libedit_width(wchar_t character);

#endif
