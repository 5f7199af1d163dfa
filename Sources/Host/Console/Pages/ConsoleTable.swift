import Pages

/// A table of the console; on a small screen each row becomes a card whose lines name their column.
struct ConsoleTable: Sendable {
    /// What it shows, for whoever does not see it.
    var caption: String
    /// What is said where there is nothing.
    var empty: String
    var columns: [Column]
    /// Each with as many cells as there are columns.
    var rows: [[Cell]] = []
    /// What is pressed to see it; `nil` where it is seen at once.
    var fold: String?

    struct Column: Sendable {
        var label: String
        var isNumber = false

        init(_ label: String, isNumber: Bool = false) {
            self.label = label
            self.isNumber = isNumber
        }
    }

    struct Cell: Sendable {
        var text: String
        var address: String?
        var mood: ConsolePage.Mood = .plain

        init(_ text: String?, to address: String? = nil, mood: ConsolePage.Mood = .plain) {
            self.text = text ?? "-"
            self.address = address
            self.mood = mood
        }
    }

    var model: PageModel {
        [
            "caption": .text(caption), "empty": .text(empty), "isEmpty": .flag(rows.isEmpty),
            "fold": .text(fold),
            "columns": .list(columns.map { ["label": .text($0.label), "isNumber": .flag($0.isNumber)] }),
            "rows": .list(
                rows.map { cells in
                    [
                        "cells": .list(
                            zip(columns, cells).map { column, cell in
                                [
                                    "label": .text(column.label), "isNumber": .flag(column.isNumber),
                                    "text": .text(cell.text), "address": .text(cell.address),
                                    "mood": .text(cell.mood.name),
                                ]
                            })
                    ]
                }),
        ]
    }
}
