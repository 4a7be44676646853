using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProvingLayer.Runtime.Json;

/// <summary>Builds a JSON text from scalars under paths: <see cref="JsonScalars"/> the other way round. Lines end in \n, members keep their order.</summary>
internal sealed class JsonTree
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Node root = new();

    /// <summary>Adds a string.</summary>
    /// <param name="path">Its path, not yet taken.</param>
    /// <param name="text">Its characters; true and false stand as booleans when <paramref name="isBoolean"/>.</param>
    /// <param name="isBoolean">Whether it is a boolean.</param>
    public void Add(string path, string text, bool isBoolean = false)
    {
        var node = root;
        foreach (var step in JsonScalars.Normal(path).Split('.'))
        {
            node = node.Child(step);
        }

        (node.Text, node.IsBoolean) = (text, isBoolean);
    }

    /// <summary>The text, UTF-8, with a line break at the end.</summary>
    public byte[] ToUtf8()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            root.Write(json);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private sealed class Node
    {
        private readonly List<(string Step, Node Child)> children = [];
        private readonly Dictionary<string, Node> byStep = new(StringComparer.Ordinal);

        public string? Text { get; set; }

        public bool IsBoolean { get; set; }

        public Node Child(string step)
        {
            if (!byStep.TryGetValue(step, out var child))
            {
                byStep.Add(step, child = new());
                children.Add((step, child));
            }

            return child;
        }

        public void Write(Utf8JsonWriter json)
        {
            if (Text is not null)
            {
                if (IsBoolean)
                {
                    json.WriteBooleanValue(Text == "true");
                }
                else
                {
                    json.WriteStringValue(Text);
                }

                return;
            }

            // Steps that are numbers are an array's places, in order from 0: that is how paths are made.
            var isArray = children.Count > 0 && children.Select((c, i) => c.Step == i.ToString(CultureInfo.InvariantCulture)).All(isPlace => isPlace);
            if (isArray)
            {
                json.WriteStartArray();
            }
            else
            {
                json.WriteStartObject();
            }

            foreach (var (step, child) in children)
            {
                if (!isArray)
                {
                    json.WritePropertyName(step);
                }

                child.Write(json);
            }

            if (isArray)
            {
                json.WriteEndArray();
            }
            else
            {
                json.WriteEndObject();
            }
        }
    }
}
