using Spectre.Console;

namespace ProvingLayer.Cli.Shell;

/// <summary>A table for people: drawn on a terminal, Markdown where the output is redirected, and one block a row where the terminal is narrow.</summary>
internal sealed class TextTable(params (string Heading, bool IsNumber)[] columns)
{
    private const int Narrow = 100;

    private readonly List<string[]> rows = [];

    /// <summary>Adds a row: a cell for each column.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Writes the table.</summary>
    public void Write(TextStream stream)
    {
        if (stream.Width is < Narrow)
        {
            foreach (var row in rows)
            {
                stream.Line(stream.Bold(row[0]));
                stream.Line("  " + string.Join(", ", row.Skip(1).Zip(columns.Skip(1), (cell, column) => $"{column.Heading} {cell}")));
            }

            return;
        }

        if (stream.Width is not { } width)
        {
            WriteMarkdown(stream);
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var (heading, isNumber) in columns)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: stream.Colour ? Decoration.Bold : Decoration.None))) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = stream.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = stream.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(stream.Writer),
        });
        console.Profile.Width = width;
        console.Write(table);
    }

    private void WriteMarkdown(TextStream stream)
    {
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Heading.Length).Max()).ToArray();
        Line([.. columns.Select(column => column.Heading)]);
        stream.Line("|" + string.Concat(columns.Select((column, i) => column.IsNumber ? new string('-', widths[i] + 1) + ":|" : new string('-', widths[i] + 2) + "|")));
        rows.ForEach(Line);

        void Line(string[] cells) =>
            stream.Line("|" + string.Concat(cells.Select((cell, i) => $" {(columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))} |")));
    }
}
