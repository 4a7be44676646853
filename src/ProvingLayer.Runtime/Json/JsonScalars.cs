using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ProvingLayer.Runtime.Json;

/// <summary>One value of a JSON text that is not an object or an array.</summary>
/// <param name="Path">Where it stands: <c>args.quotes.0.price</c>, as the ABI writes it.</param>
/// <param name="Text">A string's characters, or <c>true</c> or <c>false</c>.</param>
/// <param name="IsString">Whether it is a string; else it is a boolean.</param>
/// <param name="Offset">Its first byte in the text.</param>
internal sealed record JsonScalar(string Path, string Text, bool IsString, int Offset);

/// <summary>
/// A JSON text laid flat: every scalar under its path. Strict: no comments, no trailing commas, no duplicate names, no numbers (they are written as
/// strings, so that no reader can round them), no nulls, and names are identifiers, so that a path is never ambiguous.
/// </summary>
internal sealed class JsonScalars
{
    private const int MaxDepth = 32;

    private readonly byte[] utf8;
    private readonly Dictionary<string, JsonScalar> scalars = new(StringComparer.Ordinal);
    private readonly HashSet<string> containers = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly string? file;

    private JsonScalars(byte[] utf8, string? file) => (this.utf8, this.file) = (utf8, file);

    /// <summary>Lays a JSON text flat.</summary>
    public static bool TryParse(byte[] utf8, string? file, [NotNullWhen(true)] out JsonScalars? result, [NotNullWhen(false)] out TenorError? error)
    {
        result = new JsonScalars(utf8, file);
        try
        {
            error = result.Read();
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.', ' ');
            error = new(TenorErrorKind.Json, $"this is not well-formed JSON: {reason}", file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            // The reader finds an unpaired surrogate or invalid UTF-8 only when a string is asked for.
            error = new(TenorErrorKind.Json, "a string is not valid Unicode", file);
        }

        result = error is null ? result : null;
        return error is null;
    }

    /// <summary>The scalar at a path, which counts as used from then on; null when there is none.</summary>
    public JsonScalar? Take(string path)
    {
        if (!scalars.TryGetValue(Normal(path), out var scalar))
        {
            return null;
        }

        taken.Add(scalar.Path);
        return scalar;
    }

    /// <summary>A path with its indices as steps: <c>accounts[0].owed</c> is <c>accounts.0.owed</c>. Names begin with a letter, so nothing is lost.</summary>
    public static string Normal(string path) => path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);

    /// <summary>Whether a scalar, object or array stands at a path.</summary>
    public bool Has(string path) => scalars.ContainsKey(path) || containers.Contains(path);

    /// <summary>An error at a scalar.</summary>
    public TenorError ErrorAt(JsonScalar scalar, string message)
    {
        var (line, column) = Position(scalar.Offset);
        return new(TenorErrorKind.Json, $"{scalar.Path}: {message}", file, line, column);
    }

    /// <summary>The error that a path is missing.</summary>
    public TenorError Missing(string path) => new(TenorErrorKind.Json, $"{path}: this value is missing", file);

    /// <summary>An error about the text's first unused scalar, if there is one.</summary>
    public TenorError? Unknown(IEnumerable<string> known)
    {
        var stranger = scalars.Values.Where(scalar => !taken.Contains(scalar.Path)).MinBy(scalar => scalar.Offset);
        if (stranger is null)
        {
            return null;
        }

        var near = known.Where(path => !taken.Contains(path)).Order(StringComparer.Ordinal).ToList();
        return ErrorAt(stranger, near.Count is > 0 and <= 8 ? $"no such value is expected here; still missing: {string.Join(", ", near)}" : "no such value is expected here");
    }

    private TenorError? Read()
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        // What stands around the reader: an object (index −1) or an array (the index its next element has).
        var around = new Stack<(string Path, int Index)>();
        var path = "";
        while (reader.Read())
        {
            var offset = (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                around.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!IsName(name))
                {
                    return At(offset, $"{(around.Peek().Path.Length == 0 ? "" : around.Peek().Path + ": ")}'{name}' cannot be a name here");
                }

                path = around.Peek().Path.Length == 0 ? name : $"{around.Peek().Path}.{name}";
                if (Has(path))
                {
                    return At(offset, $"{path}: this name stands here twice");
                }

                continue;
            }

            if (around.Count > 0 && around.Peek().Index >= 0)
            {
                var (array, index) = around.Pop();
                around.Push((array, index + 1));
                path = string.Create(CultureInfo.InvariantCulture, $"{array}.{index}");
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    containers.Add(path);
                    around.Push((path, -1));
                    break;
                case JsonTokenType.StartArray when path.Length > 0:
                    containers.Add(path);
                    around.Push((path, 0));
                    break;
                case JsonTokenType.String when path.Length > 0:
                    scalars.Add(path, new(path, reader.GetString()!, true, offset));
                    break;
                case JsonTokenType.True or JsonTokenType.False when path.Length > 0:
                    scalars.Add(path, new(path, reader.GetBoolean() ? "true" : "false", false, offset));
                    break;
                case JsonTokenType.Number:
                    return At(offset, $"{path}: a number is written as a string, here as \"{System.Text.Encoding.UTF8.GetString(reader.ValueSpan)}\"");
                default:
                    return At(offset, path.Length == 0 ? "the text must be one object" : $"{path}: null stands for nothing here");
            }
        }

        return null;
    }

    private TenorError At(int offset, string message)
    {
        var (line, column) = Position(offset);
        return new(TenorErrorKind.Json, message, file, line, column);
    }

    private (int Line, int Column) Position(int offset)
    {
        var before = utf8.AsSpan(0, offset);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, offset - lineStart + 1);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 256 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
