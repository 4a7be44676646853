using System.Text.Json;

namespace ProvingLayer.Cli.Commands;

/// <summary>What transitions cost, as JSON: the same in <c>tenor cost --format json</c> and in the <c>.cost.json</c> that a build writes.</summary>
internal static class CostJson
{
    /// <summary>A file of one program's figures.</summary>
    public static byte[] FileOf(IEnumerable<FunctionCost> functions)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            Write(json, functions, isByLine: true);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Writes the member <c>transitions</c>.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<FunctionCost> functions, bool isByLine)
    {
        json.WriteStartArray("transitions");
        foreach (var function in functions)
        {
            json.WriteStartObject();
            json.WriteString("program", function.Program);
            json.WriteString("name", function.Name);
            Write(json, function.Used);
            json.WriteNumber("paddedRows", function.PaddedRows);
            json.WriteNumber("paddedCells", function.PaddedCells);
            json.WriteStartArray("chips");
            foreach (var chip in function.Chips)
            {
                json.WriteStartObject();
                json.WriteString("chip", chip.Chip);
                json.WriteNumber("rows", chip.Rows);
                json.WriteNumber("paddedRows", chip.Period);
                json.WriteNumber("columns", chip.Columns);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (!function.InnerProofs.IsEmpty)
            {
                Write(json, "innerProofs", function.InnerProofs);
            }

            if (isByLine)
            {
                Write(json, "lines", function.Lines);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<LineCost> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteString("file", line.File);
            json.WriteNumber("line", line.Line);
            Write(json, line.Amount);
            json.WriteString("source", line.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CostAmount amount)
    {
        json.WriteNumber("rows", amount.Rows);
        json.WriteNumber("cells", amount.Cells);
        json.WriteNumber("hashes", amount.Hashes);
        json.WriteNumber("lookups", amount.Lookups);
    }
}
