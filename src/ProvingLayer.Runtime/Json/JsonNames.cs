using System.Text.Json;

namespace ProvingLayer.Runtime.Json;

/// <summary>Tells kinds of JSON files apart before they are read.</summary>
internal static class JsonNames
{
    /// <summary>Whether the object that a text is has a member of this name. Of malformed text it may say either; the reading that follows finds what is wrong.</summary>
    public static bool HasAtTop(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    if (reader.ValueTextEquals(name))
                    {
                        return true;
                    }

                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // Neither kind can be read from it, as that reading says.
        }

        return false;
    }
}
