#compdef uidnet
# The words are those of bash; zsh has its own way to ask for them.
autoload -U +X bashcompinit && bashcompinit
source /usr/share/bash-completion/completions/uidnet
_bash_complete -o default -F _complete_uidnet
