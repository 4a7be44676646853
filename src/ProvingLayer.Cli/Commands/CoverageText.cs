using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler.Testing;

namespace ProvingLayer.Cli.Commands;

/// <summary>What tests reach, for people and as JSON.</summary>
internal static class CoverageText
{
    public static void Write(CoverageCheck coverage, TextStream page)
    {
        foreach (var machine in coverage.Edges.GroupBy(e => e.Machine))
        {
            page.Line(string.Create(CultureInfo.InvariantCulture, $"{machine.Key}: {machine.Count(e => e.Steps > 0)} of {machine.Count()} edges"));
            foreach (var edge in machine.Where(e => e.Steps == 0))
            {
                page.Line($"  no test goes  {edge.Transition}: {edge.From} -> {edge.To}");
            }
        }

        foreach (var file in coverage.Lines.GroupBy(l => l.File))
        {
            var missed = file.Where(l => l.Steps == 0).Select(l => l.Line.ToString(CultureInfo.InvariantCulture)).ToList();
            page.Line(string.Create(CultureInfo.InvariantCulture, $"{file.Key}: {file.Count() - missed.Count} of {file.Count()} lines{(missed.Count == 0 ? "" : $"; not reached: {string.Join(", ", missed)}")}"));
        }
    }

    public static void WriteJson(CoverageCheck coverage, Utf8JsonWriter json)
    {
        json.WriteStartObject("coverage");
        json.WriteStartArray("edges");
        foreach (var edge in coverage.Edges)
        {
            json.WriteStartObject();
            json.WriteString("machine", edge.Machine);
            json.WriteString("transition", edge.Transition);
            json.WriteString("from", edge.From);
            json.WriteString("to", edge.To);
            json.WriteNumber("steps", edge.Steps);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (var line in coverage.Lines)
        {
            json.WriteStartObject();
            json.WriteString("file", line.File);
            json.WriteNumber("line", line.Line);
            json.WriteNumber("steps", line.Steps);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
