using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Cli.Commands;

/// <summary>What one transition costs in all, as <c>tenor cost --format json</c> writes it.</summary>
/// <param name="Program">The machine or statement.</param>
/// <param name="Name">The transition.</param>
/// <param name="Used">Before padding.</param>
/// <param name="PaddedRows">Rows that are proved.</param>
/// <param name="PaddedCells">Their cells.</param>
internal sealed record FunctionTotals(string Program, string Name, CostAmount Used, long PaddedRows, long PaddedCells)
{
    /// <summary>The figures by their name in JSON, in the order of the table's columns.</summary>
    public ImmutableArray<(string Name, long Value)> Figures =>
    [
        ("rows", Used.Rows), ("paddedRows", PaddedRows), ("cells", Used.Cells), ("paddedCells", PaddedCells), ("hashes", Used.Hashes), ("lookups", Used.Lookups),
    ];

    /// <summary>Of a transition of today's.</summary>
    public static FunctionTotals Of(FunctionCost cost) => new(cost.Program, cost.Name, cost.Used, cost.PaddedRows, cost.PaddedCells);
}

/// <summary>What transitions cost now against what they cost when a file was written; one that is in the file alone is gone, one that is not in it is new.</summary>
/// <param name="Transitions">Today's in their order, then those that are gone.</param>
/// <param name="Diagnostics">Warnings of the compiler.</param>
internal sealed record CostDifference(ImmutableArray<(FunctionTotals? Before, FunctionTotals? After)> Transitions, ImmutableArray<Diagnostic> Diagnostics) : Report
{
    private const int LargestFile = 64 << 20;

    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Ok;

    /// <summary>Today's figures against those of a file.</summary>
    /// <param name="path">The file, which <c>tenor cost --format json</c> wrote.</param>
    /// <param name="functions">Today's.</param>
    /// <param name="diagnostics">Warnings of the compiler.</param>
    /// <exception cref="ProblemException">The file cannot be read, or is none such.</exception>
    public static CostDifference Of(string path, ImmutableArray<FunctionCost> functions, ImmutableArray<Diagnostic> diagnostics)
    {
        var before = Read(path, InputFile.Bytes(path, LargestFile));
        var after = functions.Select(FunctionTotals.Of).ToList();
        var named = before.ToDictionary(totals => (totals.Program, totals.Name));
        var both = after.Select(totals => (named.GetValueOrDefault((totals.Program, totals.Name)), (FunctionTotals?)totals));
        var names = after.Select(totals => (totals.Program, totals.Name)).ToHashSet();
        return new([.. both, .. before.Where(totals => !names.Contains((totals.Program, totals.Name))).Select(totals => ((FunctionTotals?)totals, (FunctionTotals?)null))], diagnostics);
    }

    /// <inheritdoc/>
    public override void WriteText(TextPage page)
    {
        DiagnosticList.Write(Diagnostics, page.Error);
        var table = new TextTable(("transition", false), ("rows", true), ("padded", true), ("cells", true), ("padded", true), ("hashes", true), ("lookups", true));
        foreach (var (before, after) in Transitions)
        {
            var named = after ?? before!;
            var state = before is null ? " (new)" : after is null ? " (gone)" : "";
            table.Add([$"{named.Program}.{named.Name}{state}", .. named.Figures.Select((figure, i) => Cell(before?.Figures[i].Value, after?.Figures[i].Value))]);
        }

        table.Write(page.Out);
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray("transitions");
        foreach (var (before, after) in Transitions)
        {
            var named = after ?? before!;
            json.WriteStartObject();
            json.WriteString("program", named.Program);
            json.WriteString("name", named.Name);
            Write(json, "before", before);
            Write(json, "after", after);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        DiagnosticList.WriteJson(Diagnostics, json);
    }

    private static void Write(Utf8JsonWriter json, string name, FunctionTotals? totals)
    {
        if (totals is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var (figure, value) in totals.Figures)
        {
            json.WriteNumber(figure, value);
        }

        json.WriteEndObject();
    }

    // Today's figure and by how much it has changed, or what it was.
    private static string Cell(long? before, long? after)
    {
        var value = (after ?? before)!.Value.ToString("N0", CultureInfo.InvariantCulture);
        return before is { } was && after is { } now && was != now ? $"{value} ({(now - was).ToString("+#,0;-#,0", CultureInfo.InvariantCulture)})" : value;
    }

    private static List<FunctionTotals> Read(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false });
            var read = new List<FunctionTotals>();
            foreach (var transition in document.RootElement.GetProperty("transitions").EnumerateArray())
            {
                read.Add(new(
                    transition.GetProperty("program").GetString()!,
                    transition.GetProperty("name").GetString()!,
                    new(Number(transition, "rows"), Number(transition, "cells"), Number(transition, "hashes"), Number(transition, "lookups")),
                    Number(transition, "paddedRows"),
                    Number(transition, "paddedCells")));
            }

            if (read.All(totals => totals is { Program: not null, Name: not null }) && read.DistinctBy(totals => (totals.Program, totals.Name)).Count() == read.Count)
            {
                return read;
            }
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Then it is another file, as is said below.
        }

        throw new ProblemException(new(ExitCode.Diagnostics, $"{path}: this is not what 'tenor cost --format json' writes; write it anew from the text to compare with"));

        static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
    }
}
