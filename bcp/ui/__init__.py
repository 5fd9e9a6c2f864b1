"""The Streamlit front end: pages made of parts, over the use cases."""
