;;; hublint.el --- hublint in Eglot -*- lexical-binding: t -*-

;; Eglot is a part of Emacs since 29; before, it is the package `eglot'.
;; Eglot starts one server for a mode: where another one serves Markdown, put hublint there by `C-u M-x eglot'.

(with-eval-after-load 'eglot
  (dolist (mode '(markdown-mode dockerfile-mode dockerfile-ts-mode))
    (add-to-list 'eglot-server-programs `(,mode . ("hublint" "server")))))

(provide 'hublint)
;;; hublint.el ends here
