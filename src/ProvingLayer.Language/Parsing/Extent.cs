using ProvingLayer.Language.Grammar;

namespace ProvingLayer.Language.Parsing;

/// <summary>How far a statement, member or declaration goes by its tokens alone, when the grammar cannot say.</summary>
internal static class Extent
{
    /// <summary>The index after the <c>;</c> or the balanced <c>}</c> that ends what begins at a token.</summary>
    public static int EndOf(TokenList tokens, int start)
    {
        var depth = 0;
        for (var i = start; tokens[i].Type != TenorParser.Eof; i++)
        {
            switch (tokens[i].Type)
            {
                case TenorParser.SEMI when depth <= 0:
                    return i + 1;
                case TenorParser.LBRACE or TenorParser.LPAREN or TenorParser.LBRACKET:
                    depth++;
                    break;
                case TenorParser.RPAREN or TenorParser.RBRACKET:
                    depth--;
                    break;
                case TenorParser.RBRACE:
                    if (--depth < 0)
                    {
                        return i; // the end of what is around it
                    }

                    if (depth == 0 && tokens[i + 1].Type is not (TenorParser.ELSE or TenorParser.SEMI or TenorParser.RPAREN or TenorParser.COMMA))
                    {
                        return i + 1;
                    }

                    break;
            }
        }

        return tokens.Size - 1;
    }
}
