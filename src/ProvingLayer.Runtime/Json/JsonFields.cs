using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Runtime.Json;

/// <summary>Scalars of the ABI in JSON: numbers, times and digests as strings, booleans as such.</summary>
internal static class JsonFields
{
    /// <summary>Adds a scalar at its path.</summary>
    public static void Add(this JsonTree tree, string path, AbiScalar type, Scalar value) =>
        tree.Add(path, type.Format.Write(value), type.Kind == ScalarKind.Boolean);

    /// <summary>Reads the scalar at a path.</summary>
    public static bool TryTake(this JsonScalars json, string path, AbiScalar type, out Scalar value, [NotNullWhen(false)] out TenorError? error)
    {
        value = default;
        if (json.Take(path) is not { } scalar)
        {
            error = json.Missing(path);
            return false;
        }

        if (scalar.IsString == (type.Kind == ScalarKind.Boolean))
        {
            error = json.ErrorAt(scalar, type.Kind == ScalarKind.Boolean ? "this is written true or false, without quotes" : "this is written as a string");
            return false;
        }

        error = type.TryParse(scalar.Text, out value, out var reason) ? null : json.ErrorAt(scalar, $"\"{Shortened(scalar.Text)}\" is {reason}");
        return error is null;
    }

    /// <summary>Reads the string at a path.</summary>
    public static bool TryTakeText(this JsonScalars json, string path, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out TenorError? error)
    {
        (text, error) = (null, null);
        if (json.Take(path) is not { } scalar)
        {
            error = json.Missing(path);
        }
        else if (!scalar.IsString)
        {
            error = json.ErrorAt(scalar, "this is written as a string");
        }
        else
        {
            text = scalar.Text;
        }

        return error is null;
    }

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "…";

    /// <summary>Takes a digest.</summary>
    public static bool TryTakeDigest(this JsonScalars json, string path, out Digest digest, [NotNullWhen(false)] out TenorError? error)
    {
        digest = default;
        if (json.TryTakeText(path, out var text, out error) && !AbiScalar.TryParseDigest(text, out digest))
        {
            error = json.ErrorAt(json.Take(path)!, "not 0x and 64 hexadecimal digits of eight little-endian words below 2130706433");
        }

        return error is null;
    }

    /// <summary>Takes a whole number from 0 to a limit, in decimal digits without a leading zero.</summary>
    public static bool TryTakeCount(this JsonScalars json, string path, int limit, out int count, [NotNullWhen(false)] out TenorError? error)
    {
        count = 0;
        if (json.TryTakeText(path, out var text, out error)
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= limit && text == count.ToString(CultureInfo.InvariantCulture)))
        {
            error = json.ErrorAt(json.Take(path)!, string.Create(CultureInfo.InvariantCulture, $"not a whole number from 0 to {limit}"));
        }

        return error is null;
    }
}
