using System.Collections.Immutable;
using System.Text.Json;
using ProvingLayer.Compiler.Ir;

namespace ProvingLayer.Cli.Shell;

/// <summary>The arms, turns and calls that led to a check that failed, the outermost first.</summary>
internal static class FailurePath
{
    /// <summary>A line for each.</summary>
    public static void Write(ImmutableArray<FailureFrame> path, string indent, TextStream page)
    {
        foreach (var frame in path)
        {
            page.Line($"{indent}{page.Dim($"{frame.Mark}: {Verb(frame.Kind)} {frame.Text}")}");
        }
    }

    /// <summary>An array of them.</summary>
    public static void Write(ImmutableArray<FailureFrame> path, string name, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var frame in path)
        {
            json.WriteStartObject();
            json.WriteString("kind", frame.Kind.ToString().ToLowerInvariant());
            json.WriteString("text", frame.Text);
            json.WriteString("file", frame.Mark.File);
            json.WriteNumber("line", frame.Mark.Line);
            json.WriteNumber("column", frame.Mark.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Verb(FrameKind kind) => kind == FrameKind.Call ? "by" : "in";
}
