using Spectre.Console;

namespace PluginHost.Host.Cli.Terminal;

/// <summary>Prints tables: framed on a terminal, aligned plain text elsewhere, so that other programs can read it.</summary>
internal static class TablePrinter
{
    /// <summary>Prints to standard output.</summary>
    public static void Print(ResultTable table, TextWriter output, TerminalFacts terminal)
    {
        if (terminal.OutputIsTerminal) Framed(table, output, terminal);
        else Plain(table, output);
        foreach (var note in table.Notes) output.WriteLine(note);
    }

    private static void Framed(ResultTable table, TextWriter output, TerminalFacts terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.Color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = terminal.Width;
        var framed = new Table { Border = TableBorder.Rounded };
        if (table.Title.Length > 0) framed.Title = new TableTitle(Markup.Escape(table.Title));
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(table.Columns[i]));
            framed.AddColumn(IsRight(table, i) ? column.RightAligned().NoWrap() : column);
        }
        foreach (var row in table.Rows) framed.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(framed);
    }

    private static void Plain(ResultTable table, TextWriter output)
    {
        if (table.Title.Length > 0) output.WriteLine(table.Title);
        var all = table.Rows.Prepend(table.Columns).ToList();
        var widths = table.Columns.Select((_, i) => all.Max(row => row[i].Length)).ToList();
        foreach (var row in all)
            output.WriteLine(string.Join("  ",
                row.Select((cell, i) => IsRight(table, i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    private static bool IsRight(ResultTable table, int column) => column > 0 && table.Alignment == ColumnAlignment.Figures;
}
