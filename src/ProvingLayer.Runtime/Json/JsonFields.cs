using System.Diagnostics.CodeAnalysis;
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
}
