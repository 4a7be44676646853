using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>
/// The ABI as JSON, for tools of other languages. Written only: what is executed and proved is read from the binary artifact.
/// Integers are strings, lines end in \n, names stand in a fixed order: the same ABI is the same bytes.
/// </summary>
public static class AbiJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes an ABI, UTF-8, with a line break at the end.</summary>
    public static byte[] Write(Abi abi)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("name", abi.Name);
            json.WriteString("kind", abi.IsMachine ? "machine" : "statement");
            json.WriteString("interface", abi.InterfaceHash);
            Strings(json, "states", abi.States);
            Array(json, "functions", abi.Functions, Function);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Function(Utf8JsonWriter json, AbiFunction function)
    {
        json.WriteString("name", function.Name);
        Array(json, "inputs", function.Inputs, static (json, input) =>
        {
            json.WriteString("name", input.Name);
            json.WriteString("role", Name(input.Role));
            Type(json, input.Type);
            json.WriteNumber("slot", input.Slot);
            json.WriteNumber("slots", input.SlotCount);
        });
        if (!function.InnerProofs.IsEmpty)
        {
            Array(json, "innerProofs", function.InnerProofs, static (json, proof) =>
            {
                json.WriteString("name", proof.Name);
                if (proof.History is { } history)
                {
                    json.WriteString("history", proof.Claim.Name);
                    json.WriteString("room", history.Room.Describe(proof.Claim.Functions.Select(function => function.Name)));
                }
                else if (!proof.Choices.IsEmpty)
                {
                    json.WriteStartArray("anyOf");
                    foreach (var choice in proof.Choices)
                    {
                        json.WriteStringValue(choice.Claim.Functions[0].Name);
                    }

                    json.WriteEndArray();
                }
                else
                {
                    json.WriteString("statement", proof.Claim.Functions[0].Name);
                }

                json.WriteNumber("slot", proof.Slot);
                json.WriteNumber("slots", proof.SlotCount);
            });
        }

        Array(json, "publics", function.Publics, static (json, field) =>
        {
            json.WriteString("name", field.Name);
            Type(json, field.Type);
        });
        Array(json, "digests", function.Digests, static (json, digest) =>
        {
            json.WriteString("name", digest.Name);
            json.WriteNumber("tag", (uint)digest.Tag);
            Array(json, "parts", digest.Parts, static (json, part) =>
            {
                json.WriteString("path", part.Path);
                if (part.Constant is { } constant)
                {
                    json.WriteString("whenTrue", constant.ToString());
                }

                json.WriteString("layout", part.Layout.ToString());
            });
        });
        Array(json, "outputs", function.Outputs, static (json, output) =>
        {
            json.WriteString("name", output.Name);
            json.WriteString("role", Name(output.Role));
            Type(json, output.Type);
        });
        Array(json, "receipts", function.Receipts, static (json, receipt) =>
        {
            json.WriteString("asset", receipt.Asset);
            json.WriteNumber("decimals", receipt.Decimals);
            json.WriteString("direction", Name(receipt.Direction));
        });
        Array(json, "events", function.Events, static (json, e) =>
        {
            json.WriteString("name", e.Name);
            json.WriteNumber("tag", e.Tag);
            Strings(json, "fields", e.Fields);
        });
        Array(json, "mapSteps", function.MapSteps, static (json, step) =>
        {
            json.WriteString("kind", Name(step.Kind));
            json.WriteString("map", step.Map);
            json.WriteNumber("depth", step.Shape.Depth);
            json.WriteNumber("opening", step.Opening);
            json.WriteNumber("input", step.Input);
            json.WriteNumber("output", step.Output);
        });
    }

    private static void Type(Utf8JsonWriter json, AbiScalar type)
    {
        json.WriteStartObject("type");
        json.WriteString("format", Name(type.Format.Kind));
        json.WriteString("layout", type.Layout.ToString());
        if (type.Kind == ScalarKind.Integer)
        {
            json.WriteString("min", type.Interval.Low.ToString(CultureInfo.InvariantCulture));
            json.WriteString("max", type.Interval.High.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("places", type.Format.Places);
            if (type.Format.Unit is { Length: > 0 } unit)
            {
                json.WriteString("unit", unit);
            }
        }

        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Names of enum members as JSON writes names: notBefore, publicArgument.
    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
